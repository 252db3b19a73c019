import type { Problems } from './problems.ts'
import { type Said, said } from './said.ts'

const CDATA = '<![CDATA['
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|amp|lt|gt|quot|apos);/y
const LONGEST_REFERENCE = 12
const TAG = /<\/?[\p{L}_][\p{L}\p{N}_:.-]*(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?\/?>/uy
const LONGEST_TAG = 65_536
/** Longer sections are handed on in parts, so that no reader has to hold one that never ends. */
const LONGEST_SECTION = 1 << 20
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

type State = 'text' | 'cdata' | 'comment' | 'instruction' | 'doctype'
const ENDS = { comment: '-->', instruction: '?>' } as const

/**
 * Makes an XML text that a strict parser can read out of one that was written carelessly, in a stream and line by
 * line: raw `&` and `<` are escaped, forbidden characters left out, comments, instructions and DTDs dropped.
 */
export class Repairer {
	#state: State = 'text'
	#buffer = ''
	#at = 0
	#line = 1
	/** Where in the buffer #line was counted. */
	#counted = 0
	#out: string[] = []
	#section = 0
	readonly #problems: Problems

	constructor(problems: Problems) {
		this.#problems = problems
	}

	/** Takes the next part of the text and gives what is ready. */
	push(text: string, last = false): string {
		this.#buffer += this.#withoutForbidden(text)
		while (this.#at < this.#buffer.length && this.#step(last)) {}
		this.#here()
		this.#buffer = this.#buffer.slice(this.#at)
		this.#at = 0
		this.#counted = 0
		const ready = this.#out.join('')
		this.#out = []
		return ready
	}

	/** Gives the rest; the text has ended. */
	end(): string {
		return this.push('', true)
	}

	/** One step forward; false when more text is needed first. */
	#step(last: boolean): boolean {
		if (this.#state === 'cdata') return this.#cdata(last)
		if (this.#state === 'text') return this.#text(last)
		if (this.#state === 'doctype') return this.#doctype()
		return this.#dropped(ENDS[this.#state], last)
	}

	#text(last: boolean): boolean {
		const next = this.#nextSpecial()
		if (next > this.#at) {
			this.#keep(next)
			// A text without end is cut as sections are.
			if (this.#section > LONGEST_SECTION) this.#cut(`${CDATA}]]>`)
			return true
		}
		return this.#buffer[this.#at] === '&' ? this.#reference(last) : this.#markup(last)
	}

	#nextSpecial(): number {
		const special = /[<&]/g
		special.lastIndex = this.#at
		return special.exec(this.#buffer)?.index ?? this.#buffer.length
	}

	#reference(last: boolean): boolean {
		REFERENCE.lastIndex = this.#at
		const match = REFERENCE.exec(this.#buffer)
		if (!match && !last && this.#buffer.length - this.#at < LONGEST_REFERENCE) return false
		if (!match) this.#replace(1, '&amp;', said('importer.fault.ampersand'))
		else if (isAllowed(match)) this.#keep(this.#at + match[0].length)
		else this.#replace(match[0].length, '', said('importer.fault.reference'))
		return true
	}

	#markup(last: boolean): boolean {
		const opening = this.#buffer.slice(this.#at, this.#at + CDATA.length)
		if (opening === CDATA) return this.#enter('cdata', true)
		if (opening.startsWith('<!--')) return this.#enter('comment')
		if (opening.startsWith('<?')) return this.#enter('instruction')
		if (/^<!DOCTYPE$/i.test(opening)) {
			this.#problems.repaired(said('importer.fault.doctype'), this.#here())
			return this.#enter('doctype')
		}
		const known = [CDATA, '<!DOCTYPE', '<!--', '<?'].some((start) => start.startsWith(opening.toUpperCase()))
		return known && !last ? false : this.#tag(last)
	}

	#tag(last: boolean): boolean {
		TAG.lastIndex = this.#at
		const match = TAG.exec(this.#buffer)
		if (match) {
			this.#section = 0
			this.#out.push(match[0].replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);)/gi, '&amp;'))
			this.#at += match[0].length
			return true
		}
		const isOpen = this.#buffer.length - this.#at < LONGEST_TAG && !/[<>]/.test(this.#buffer.slice(this.#at + 1))
		if (isOpen && !last) return false
		if (isOpen) this.#at = this.#buffer.length
		else this.#replace(1, '&lt;', said('importer.fault.less'))
		return true
	}

	#cdata(last: boolean): boolean {
		const end = this.#buffer.indexOf(']]>', this.#at)
		if (end !== -1) {
			this.#keep(end + 3)
			this.#state = 'text'
			return true
		}
		const safe = this.#buffer.length - (last ? 0 : 2)
		if (safe <= this.#at) return false
		this.#keep(safe)
		if (this.#section > LONGEST_SECTION) this.#cut(`]]>${CDATA}`)
		return true
	}

	#dropped(end: string, last: boolean): boolean {
		const found = this.#buffer.indexOf(end, this.#at)
		const until = found === -1 ? Math.max(this.#at, this.#buffer.length - (last ? 0 : 2)) : found + end.length
		this.#skip(until)
		if (found !== -1) this.#state = 'text'
		return found !== -1 || last
	}

	/** Skips to the `>` that ends a document type, past its `[…]`. */
	#doctype(): boolean {
		const bracket = this.#buffer.indexOf('[', this.#at)
		const plain = this.#buffer.indexOf('>', this.#at)
		const hasSubset = bracket !== -1 && (plain === -1 || bracket < plain)
		const match = hasSubset ? /\]\s*>/g.exec(this.#buffer.slice(bracket)) : null
		if (hasSubset && match) this.#skip(bracket + match.index + match[0].length)
		else if (!hasSubset && plain !== -1) this.#skip(plain + 1)
		else if (this.#buffer.length - this.#at > LONGEST_SECTION) this.#skip(this.#buffer.length)
		else return false
		this.#state = 'text'
		return true
	}

	#enter(state: State, keep = false): true {
		this.#state = state
		this.#section = 0
		if (keep) this.#keep(this.#at + CDATA.length)
		else this.#skip(this.#at + 2)
		return true
	}

	#keep(until: number): void {
		this.#section += until - this.#at
		this.#out.push(this.#buffer.slice(this.#at, until))
		this.#at = until
	}

	#skip(until: number): void {
		this.#out.push('\n'.repeat(newlines(this.#buffer, this.#at, until)))
		this.#at = until
	}

	#cut(seam: string): void {
		this.#out.push(seam)
		this.#section = 0
	}

	#replace(length: number, by: string, problem: Said): void {
		this.#problems.repaired(problem, this.#here())
		this.#out.push(by)
		this.#at += length
	}

	#here(): number {
		this.#line += newlines(this.#buffer, this.#counted, this.#at)
		this.#counted = this.#at
		return this.#line
	}

	#withoutForbidden(text: string): string {
		if (text.search(FORBIDDEN) === -1) return text
		const start = this.#line + newlines(this.#buffer, 0, this.#buffer.length)
		return text.replace(FORBIDDEN, (_, at: number) => {
			this.#problems.repaired(said('importer.fault.control'), start + newlines(text, 0, at))
			return ''
		})
	}
}

function isAllowed([, decimal, hex]: RegExpExecArray): boolean {
	if (decimal === undefined && hex === undefined) return true
	const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16)
	if (code < 0x20) return code === 9 || code === 10 || code === 13
	return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
}

function newlines(text: string, from: number, to: number): number {
	let count = 0
	for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++
	return count
}
