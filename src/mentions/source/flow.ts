/** A block of a page: its part of the text, and the language it is said to be in. */
export interface Block {
	start: number
	end: number
	lang: string
	parent?: Block
}

/** The text of a page as it grows, white space as one space, with the blocks it is made of. */
export interface Flow {
	block: Block
	add(text: string): void
	/** Where the next text will stand. */
	at(): number
	open(lang: string | undefined): void
	close(): void
	text(): string
}

/** An empty text. */
export function createFlow(): Flow {
	const parts: string[] = []
	let length = 0
	let isSpaced = true
	const flow: Flow = {
		block: { start: 0, end: 0, lang: '' },
		add(text) {
			const joined = text.replace(/[\s\u00a0]+/g, ' ')
			const part = isSpaced && joined.startsWith(' ') ? joined.slice(1) : joined
			if (part === '') return
			parts.push(part)
			length += part.length
			isSpaced = part.endsWith(' ')
		},
		at: () => length,
		open(lang) {
			flow.add(' ')
			flow.block = { start: length, end: length, lang: lang ?? flow.block.lang, parent: flow.block }
		},
		close() {
			flow.add(' ')
			flow.block.end = length
			flow.block = flow.block.parent ?? flow.block
		},
		text() {
			flow.block.end = length
			return parts.join('')
		},
	}
	return flow
}
