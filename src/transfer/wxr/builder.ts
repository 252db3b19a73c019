import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { Problems } from './problems.ts'
import { RECORDS, type Record, toAuthor, toChannel, toItem, toTerm } from './records.ts'
import { said } from './said.ts'
import type { WxrEvent } from './types.ts'

/** A field longer than this (in characters) is cut. */
const LONGEST_FIELD = 32 << 20
const HARMLESS = /text data outside|disallowed in char data|duplicate attribute|no whitespace between attributes/

interface Field {
	name: string
	line: number
	text: string[]
	length: number
	attributes: SaxesTagPlain['attributes']
	/** Elements inside the field: markup that should have been escaped. */
	depth: number
}

/** Builds records out of XML events; what is ready lies in `events`. */
export class RecordBuilder {
	events: WxrEvent[] = []
	isWxr = false
	isWhole = false
	readonly parser = new SaxesParser({ xmlns: false, position: true })
	readonly #problems: Problems
	readonly #prefixes = new Map<string, string>([['xml', 'xml']])
	readonly #channel: Record = emptyRecord('channel', 1)
	#channelSent = false
	#open: Record[] = []
	#field: Field | undefined

	constructor(problems: Problems) {
		this.#problems = problems
		this.parser.on('opentag', (tag) => this.#opened(tag))
		this.parser.on('closetag', (tag) => this.#closed(tag))
		this.parser.on('text', (text) => this.#said(text))
		this.parser.on('cdata', (text) => this.#said(text))
		this.parser.on('error', (error) => this.#failed(error))
	}

	/** The item in which the file ends, when it ends too early. */
	openItem(): { line: number; title: string } | undefined {
		const item = this.#open.find(({ name }) => name === 'item')
		return item && { line: item.line, title: item.fields.get('title') ?? '' }
	}

	/** Gives the blog's fields if nothing has yet. */
	sendChannel(): void {
		if (this.#channelSent || !this.isWxr) return
		this.#channelSent = true
		this.events.push({ type: 'channel', channel: toChannel(this.#channel) })
	}

	#opened({ name: written, attributes, isSelfClosing }: SaxesTagPlain): void {
		for (const [key, uri] of Object.entries(attributes)) {
			if (key.startsWith('xmlns:')) this.#prefixes.set(key.slice(6), usualPrefix(uri) ?? key.slice(6))
		}
		const name = this.#usualName(written)
		if (this.#field && !isOurs(name)) {
			this.#openedInField(written, attributes, isSelfClosing)
			return
		}
		if (this.#field) this.#closeEarly()
		if (name === 'rss' || name === 'channel') {
			this.isWxr ||= name === 'channel'
			return
		}
		if (RECORDS.has(name)) {
			if (name === 'item') this.#closeItem()
			if (!this.#open.length) this.sendChannel()
			this.#open.push(emptyRecord(name, this.parser.line))
		} else {
			this.#field = { name, line: this.parser.line, text: [], length: 0, attributes, depth: 0 }
		}
	}

	/** A field that is still open where a new one begins was never closed. */
	#closeEarly(): void {
		this.#problems.damaged(said('importer.fault.open', { name: this.#field!.name }), this.#field!.line)
		this.#closedField()
	}

	#closeItem(): void {
		if (!this.#open.length) return
		this.#problems.damaged(said('importer.fault.open', { name: this.#open[0]!.name }), this.#open[0]!.line)
		while (this.#open.length) this.#closedRecord(this.#open.pop()!)
	}

	#openedInField(name: string, attributes: SaxesTagPlain['attributes'], isSelfClosing: boolean): void {
		this.#field!.depth++
		// Feeds have <image><url>…</image> at the top.
		if (this.#open.length) this.#problems.repaired(said('importer.fault.markup'), this.parser.line)
		const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value.replace(/"/g, '&quot;')}"`)
		this.#said(`<${name}${written.join('')}${isSelfClosing ? ' /' : ''}>`)
	}

	#closed({ name: written, isSelfClosing }: SaxesTagPlain): void {
		const name = this.#usualName(written)
		if (this.#field) {
			if (this.#field.depth > 0) {
				this.#field.depth--
				if (!isSelfClosing) this.#said(`</${written}>`)
			} else if (this.#field.name === name) this.#closedField()
		} else if (name === 'rss') this.isWhole = true
		else if (this.#open.at(-1)?.name === name) this.#closedRecord(this.#open.pop()!)
	}

	#closedField(): void {
		const { name, text, attributes } = this.#field!
		this.#field = undefined
		const record = this.#open.at(-1) ?? this.#channel
		const value = text.join('')
		if (name === 'category') {
			record.terms.push({
				taxonomy: attributes.domain ?? '',
				slug: (attributes.nicename ?? '').trim(),
				name: value.trim(),
			})
		} else if (!record.fields.has(name)) record.fields.set(name, value)
	}

	#closedRecord(record: Record): void {
		const parent = this.#open.at(-1)
		if (parent) parent.parts.push(record)
		else if (record.name === 'item') this.events.push({ type: 'item', item: toItem(record) })
		else if (record.name === 'wp:author') this.events.push({ type: 'author', author: toAuthor(record) })
		else if (!record.name.endsWith('meta') && record.name !== 'wp:comment') {
			this.events.push({ type: 'term', term: toTerm(record) })
		}
	}

	#said(text: string): void {
		const field = this.#field
		if (!field) return
		field.length += text.length
		if (field.length <= LONGEST_FIELD) field.text.push(text)
		else this.#problems.damaged(said('importer.fault.long', { count: LONGEST_FIELD }), field.line)
	}

	#failed(error: Error): void {
		const text = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
		if (HARMLESS.test(text)) this.#problems.repaired(said('importer.fault.xml', { text }), this.parser.line)
		else this.#problems.damaged(said('importer.fault.xml', { text }), this.parser.line)
	}

	#usualName(name: string): string {
		const colon = name.indexOf(':')
		if (colon === -1) return name
		const prefix = name.slice(0, colon)
		const usual = this.#prefixes.get(prefix)
		if (usual === undefined) {
			this.#problems.repaired(said('importer.fault.prefix', { prefix }), this.parser.line)
			this.#prefixes.set(prefix, prefix)
		}
		return `${usual ?? prefix}${name.slice(colon)}`
	}
}

/** Elements that never stand inside a field. */
function isOurs(name: string): boolean {
	return name.startsWith('wp:') || RECORDS.has(name)
}

function emptyRecord(name: string, line: number): Record {
	return { name, line, fields: new Map(), parts: [], terms: [] }
}

function usualPrefix(uri: string): string | undefined {
	if (/wordpress\.org\/export\/[\d.]+\/excerpt\/?$/.test(uri)) return 'excerpt'
	if (/wordpress\.org\/export\/[\d.]+\/?$/.test(uri)) return 'wp'
	if (uri === 'http://purl.org/rss/1.0/modules/content/') return 'content'
	if (uri === 'http://purl.org/dc/elements/1.1/') return 'dc'
}
