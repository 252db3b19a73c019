import { escapeXml } from '../../../web/xml.ts'
import { piecesOf } from './inline.ts'
import { type Exchange, fileIdOf, type Unit } from './units.ts'

export const NAMESPACE = 'urn:oasis:names:tc:xliff:document:2.0'

/**
 * A file for programs of translators (OASIS XLIFF 2.0, core): a unit for each text, markup as codes that are kept.
 * @param original where the text is found
 */
export function writeXliff(exchange: Exchange, original: string, units: Unit[]): string {
	const { source, target } = exchange
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<xliff xmlns="${NAMESPACE}" version="2.0" srcLang="${escapeXml(source)}" trgLang="${escapeXml(target)}">`,
		`<file id="${fileIdOf(exchange)}" original="${escapeXml(original)}" canResegment="no" xml:space="preserve">`,
		...units.map(writeUnit),
		'</file>',
		'</xliff>',
		'',
	].join('\n')
}

function writeUnit({ id, source, target, isKept, before }: Unit): string {
	const codes = new Codes(source)
	const original = codes.write(source, true)
	const translated = target.trim() !== '' && !isKept ? codes.write(target, false) : undefined
	const state = translated !== undefined && before === undefined ? 'translated' : 'initial'
	return [
		`<unit id="${id}"${isKept ? ' translate="no"' : ''}>`,
		before === undefined ? '' : `<notes><note category="before">${escapeXml(before)}</note></notes>`,
		codes.data(),
		`<segment id="s" state="${state}"><source>${original}</source>`,
		translated === undefined ? '' : `<target>${translated}</target>`,
		'</segment></unit>',
	].join('')
}

/** The markup of a unit: each text once, each place with an id that is the same in source and target. */
class Codes {
	#texts = new Map<string, string>()
	/** Ids of the source's codes that the target hasn't used yet, by their text. */
	#free = new Map<string, { ids: string[]; used: number }>()
	#count = 0

	constructor(source: string) {
		for (const { isCode, text } of piecesOf(source)) if (isCode) this.#dataOf(text)
	}

	write(text: string, isSource: boolean): string {
		return piecesOf(text)
			.map((piece) => (piece.isCode ? this.#place(piece.text, isSource) : characters(piece.text)))
			.join('')
	}

	data(): string {
		if (this.#texts.size === 0) return ''
		const all = [...this.#texts].map(([text, id]) => `<data id="${id}">${characters(text)}</data>`)
		return `<originalData>${all.join('')}</originalData>`
	}

	#place(text: string, isSource: boolean): string {
		const free = this.#free.get(text) ?? { ids: [], used: 0 }
		const own = isSource ? undefined : free.ids[free.used++]
		const id = own ?? String(++this.#count)
		if (isSource) free.ids.push(id)
		this.#free.set(text, free)
		return `<ph id="${id}" dataRef="${this.#dataOf(text)}" disp="${escapeXml(text)}"/>`
	}

	#dataOf(text: string): string {
		const id = this.#texts.get(text) ?? `d${this.#texts.size + 1}`
		this.#texts.set(text, id)
		return id
	}
}

const NO_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

/** Text as content: what XML can't hold as the `cp` of XLIFF. */
function characters(text: string): string {
	return text
		.replace(/[&<>\r]/g, (character) => ESCAPES[character]!)
		.replace(NO_XML, (character) => {
			const hex = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
			return `<cp hex="${hex}"/>`
		})
}
