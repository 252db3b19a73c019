import { setImmediate } from 'node:timers/promises'
import { SaxesParser } from 'saxes'
import { decoderFor } from './charset.ts'
import { Fault, INVALID_REQUEST, PARSE_ERROR } from './fault.ts'

const DEEPEST = 64
const MOST_ELEMENTS = 10_000
/** Parsed at a time: a large upload leaves room for readers. */
const PIECE = 256 * 1024

/** An element with the text that stands in it itself. */
export interface Element {
	name: string
	text: string
	children: Element[]
	/** Its end has been read. */
	isWhole: boolean
}

/**
 * Reads an XML document without document type, and so without entities but the five; the beginning of one, when it
 * `isBeginning`, gives the elements that have begun.
 * @throws Fault -32700 when it isn't well-formed or not of its encoding, -32600 when it is too deep or has too many elements
 */
export async function readTree(
	body: Uint8Array,
	{ charset, isBeginning = false }: { charset?: string; isBeginning?: boolean } = {},
): Promise<Element> {
	const decoder = decoderFor(body, charset)
	const { parser, roots } = treeParser()
	try {
		for (let at = 0; at < body.length; at += PIECE) {
			if (at > 0) await setImmediate()
			parser.write(decoder.decode(body.subarray(at, at + PIECE), { stream: true }))
		}
		if (!isBeginning) parser.write(decoder.decode()).close()
	} catch (error) {
		throw error instanceof Fault ? error : new Fault(PARSE_ERROR, 'Not well-formed')
	}
	if (!roots[0]) throw new Fault(PARSE_ERROR, 'Not well-formed')
	return roots[0]
}

function treeParser() {
	const parser = new SaxesParser({ position: false })
	const roots: Element[] = []
	const open: Element[] = []
	let elements = 0
	const addText = (text: string) => {
		const element = open.at(-1)
		if (element) element.text += text
	}
	parser.on('error', (error) => {
		throw error
	})
	parser.on('doctype', () => {
		throw new Fault(PARSE_ERROR, 'A document type is not taken')
	})
	parser.on('opentag', ({ name }) => {
		if (open.length >= DEEPEST) throw new Fault(INVALID_REQUEST, 'Too deep')
		if (++elements > MOST_ELEMENTS) throw new Fault(INVALID_REQUEST, 'Too many elements')
		const element = { name, text: '', children: [], isWhole: false }
		const siblings = open.at(-1)?.children ?? roots
		siblings.push(element)
		open.push(element)
	})
	parser.on('text', addText)
	parser.on('cdata', addText)
	parser.on('closetag', () => {
		open.pop()!.isWhole = true
	})
	return { parser, roots }
}
