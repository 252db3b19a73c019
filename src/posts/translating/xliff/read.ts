import { SaxesParser, type SaxesTagNS } from 'saxes'
import { NAMESPACE } from './write.ts'

/** Why a file isn't taken: a key of the catalog's `translating.refused`. */
export type Reason = 'xml' | 'xliff' | 'large' | 'post' | 'languages' | 'changed' | 'missing'

/** A file that isn't taken. */
export class Refused extends Error {
	override name = 'Refused'
	readonly reason: Reason
	constructor(reason: Reason) {
		super(reason)
		this.reason = reason
	}
}

/** A unit of a file that came back. */
export interface ReadUnit {
	id: string
	source: string
	/** None when nobody translated it. */
	target?: string
}

/** What a file says of itself, and its units. */
export interface ReadFile {
	id: string
	source: string
	target: string
	units: ReadUnit[]
}

const DEEPEST = 32
const MOST_ELEMENTS = 100_000
const TEXTS = new Set(['source', 'target', 'data'])

/**
 * Reads a file of XLIFF 2.0, 2.1 or 2.2 with one `file`; no document type, and so no entities but the five.
 * @throws Refused
 */
export function readXliff(bytes: Uint8Array): ReadFile {
	const reader = new Reader()
	const parser = new SaxesParser({ xmlns: true, position: false })
	let depth = 0
	let elements = 0
	parser.on('error', () => {
		throw new Refused('xml')
	})
	parser.on('doctype', () => {
		throw new Refused('xml')
	})
	parser.on('opentag', (tag) => {
		if (++depth > DEEPEST || ++elements > MOST_ELEMENTS) throw new Refused('large')
		reader.open(tag)
	})
	parser.on('closetag', (tag) => {
		depth--
		reader.close(tag)
	})
	parser.on('text', (text) => reader.text(text))
	parser.on('cdata', (text) => reader.text(text))
	parser.write(decode(bytes)).close()
	if (!reader.file) throw new Refused('xliff')
	return reader.file
}

function decode(bytes: Uint8Array): string {
	const [first, second] = bytes
	const label =
		first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
	try {
		return new TextDecoder(label, { fatal: true }).decode(bytes)
	} catch {
		throw new Refused('xml')
	}
}

/** A segment, or an `ignorable` between two. */
interface Part {
	isSegment: boolean
	order: number
	source: string
	target?: string
}

class Reader {
	file?: ReadFile
	#languages?: { source: string; target: string }
	#unit?: { id: string; isKept: boolean; data: Map<string, string>; parts: Part[] }
	#into?: string
	#dataId = ''
	#text = ''
	/** What is written when an element that spans text ends. */
	#ends: string[] = []

	open(tag: SaxesTagNS): void {
		if (tag.uri !== NAMESPACE) {
			if (!this.#languages) throw new Refused('xliff')
			return
		}
		const { local } = tag
		if (this.#into) this.#inline(tag)
		else if (local === 'xliff') this.#begin(tag)
		else if (local === 'file') this.#openFile(tag)
		else if (local === 'unit') this.#openUnit(tag)
		else if (local === 'segment' || local === 'ignorable') {
			const order = Number(/^[1-9]\d{0,8}$/.exec(at(tag, 'order'))?.[0] ?? 0)
			this.#unit?.parts.push({ isSegment: local === 'segment', order, source: '' })
		} else if (TEXTS.has(local) && this.#unit) {
			if (local === 'target')
				this.#unit.parts.at(-1)!.order ||= Number(/^[1-9]\d{0,8}$/.exec(at(tag, 'order'))?.[0] ?? 0)
			this.#into = local
			this.#dataId = at(tag, 'id')
			this.#text = ''
		}
	}

	close({ uri, local }: SaxesTagNS): void {
		if (uri !== NAMESPACE) return
		if (this.#into === local) this.#keep()
		else if (this.#into && local === 'pc') this.#text += this.#ends.pop() ?? ''
		else if (local === 'unit' && this.#unit) {
			this.file!.units.push(unitOf(this.#unit))
			this.#unit = undefined
		}
	}

	text(text: string): void {
		if (this.#into) this.#text += text
	}

	#begin(tag: SaxesTagNS): void {
		if (!/^2\.[0-2]$/.test(at(tag, 'version'))) throw new Refused('xliff')
		this.#languages = { source: at(tag, 'srcLang'), target: at(tag, 'trgLang') }
	}

	#openFile(tag: SaxesTagNS): void {
		if (!this.#languages || this.file) throw new Refused('xliff')
		this.file = { id: at(tag, 'id'), ...this.#languages, units: [] }
	}

	#openUnit(tag: SaxesTagNS): void {
		if (!this.file || this.#unit) throw new Refused('xliff')
		this.#unit = { id: at(tag, 'id'), isKept: at(tag, 'translate') === 'no', data: new Map(), parts: [] }
	}

	#inline(tag: SaxesTagNS): void {
		const { local } = tag
		if (local === 'cp') this.#text += codePoint(at(tag, 'hex'))
		else if (local === 'ph' || local === 'sc' || local === 'ec') this.#text += this.#data(at(tag, 'dataRef'))
		else if (local === 'pc') {
			this.#text += this.#data(at(tag, 'dataRefStart'))
			this.#ends.push(this.#data(at(tag, 'dataRefEnd')))
		}
	}

	#data(id: string): string {
		if (id === '') return ''
		const text = this.#unit!.data.get(id)
		if (text === undefined) throw new Refused('xliff')
		return text
	}

	#keep(): void {
		const { data, parts } = this.#unit!
		const part = parts.at(-1)
		if (this.#into === 'data') data.set(this.#dataId, this.#text)
		else if (!part) throw new Refused('xliff')
		else part[this.#into as 'source' | 'target'] = this.#text
		this.#into = undefined
	}
}

function unitOf({ id, isKept, parts }: { id: string; isKept: boolean; parts: Part[] }): ReadUnit {
	const source = parts.map((part) => part.source).join('')
	if (isKept) return { id, source, target: source }
	if (parts.every((part) => !part.isSegment || part.target === undefined)) return { id, source }
	const inOrder = parts.map((part, index) => ({ ...part, place: part.order || index + 1 }))
	const target = inOrder
		.toSorted((a, b) => a.place - b.place)
		.map((part) => part.target ?? (part.isSegment ? '' : part.source))
	return { id, source, target: target.join('') }
}

function codePoint(hex: string): string {
	const number = /^[0-9a-f]{4,6}$/i.test(hex) ? Number.parseInt(hex, 16) : Infinity
	if (number > 0x10ffff) throw new Refused('xliff')
	return String.fromCodePoint(number)
}

function at(tag: SaxesTagNS, name: string): string {
	return tag.attributes[name]?.value ?? ''
}
