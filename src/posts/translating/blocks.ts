import { Lexer } from 'marked'
import { chunks } from '../../db/chunks.ts'
import { isSuspicious } from '../../markdown/bounds.ts'

/** A paragraph, list, table, piece of code and so on, and the empty lines after it. */
export interface Block {
	text: string
	gap: string
	/** marked's name of it: `paragraph`, `heading`, `code`, `list` … */
	kind: string
}

type Format = 'markdown' | 'html'
type Piece = { kind: string; raw: string }

/** More of them become fewer and longer: each is a field of a form. */
export const MOST_BLOCKS = 300

/**
 * A text in its blocks: lists, tables, code and HTML stay whole. Takes time in proportion to the text; one that may take
 * long or nests too deep is split at its empty lines alone.
 * @example splitBlocks('# Раз\n\nДва\n', 'markdown') // «# Раз», gap '\n\n'; «Два», gap '\n'
 */
export function splitBlocks(source: string, format: Format): Block[] {
	const pieces = format === 'html' ? piecesOfHtml(source) : (lexed(source) ?? piecesOfLines(source))
	return fewer(blocksOf(pieces))
}

/** What {@link splitBlocks} has split, as it was. */
export function joinBlocks(blocks: Pick<Block, 'text' | 'gap'>[]): string {
	return blocks.map(({ text, gap }) => text + gap).join('')
}

/** Whether a block holds nothing to translate, so that a translation begins with it as it is. */
export function isSameInAll({ kind, text }: Block): boolean {
	if (kind === 'def') return !/^\s*\[\^/.test(text)
	if (kind === 'html') return text.replace(/<!--.*?-->|<[^<>]*>/gs, '').trim() === ''
	return kind === 'hr' || kind === 'code' || (kind === 'paragraph' && PICTURES.test(text))
}

/** Pictures alone that the text says nothing of. */
const PICTURES = /^(?:\s*!\[\]\([^()\s]{1,2000}\))+\s*$/

function lexed(source: string): Piece[] | undefined {
	if (isSuspicious(source, 'markdown')) return undefined
	try {
		const pieces = new Lexer().blockTokens(source, []).map(({ type, raw }) => ({ kind: type, raw }))
		return pieces.map(({ raw }) => raw).join('') === source ? pieces : undefined
	} catch {
		return undefined
	}
}

/** Empty lines part paragraphs, except in fenced code. */
function piecesOfLines(source: string): Piece[] {
	const pieces: Piece[] = []
	let fence: string | undefined
	for (const line of source.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
		const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
		const isBlank = fence === undefined && line.trim() === ''
		if (mark && (fence === undefined || mark.startsWith(fence))) fence = fence === undefined ? mark : undefined
		const kind = isBlank ? 'space' : 'paragraph'
		const last = pieces.at(-1)
		if (last?.kind === kind) last.raw += line
		else pieces.push({ kind, raw: line })
	}
	return pieces
}

const CONTAINERS = 'address|article|aside|blockquote|details|div|dl|figure|form|ol|pre|section|table|ul'
const ENDS = new RegExp(`<(/?)(${CONTAINERS})\\b[^<>]*>|</(?:p|h[1-6])>|\\n[ \\t]*\\n\\s*`, 'gi')

/** HTML parts at empty lines and after blocks, where no container is open. */
function piecesOfHtml(source: string): Piece[] {
	const pieces: Piece[] = []
	let depth = 0
	let start = 0
	for (const { 0: found, 1: slash, 2: container, index } of source.matchAll(ENDS)) {
		if (container) depth = Math.max(0, depth + (slash ? -1 : 1))
		const isEnd = depth === 0 && (container === undefined || slash !== '')
		if (!isEnd) continue
		pieces.push({ kind: 'html', raw: source.slice(start, index + found.length) })
		start = index + found.length
	}
	return [...pieces, { kind: 'html', raw: source.slice(start) }].map((piece) =>
		piece.raw.trim() === '' ? { ...piece, kind: 'space' } : { ...piece, kind: kindOfHtml(piece.raw) },
	)
}

function kindOfHtml(raw: string): string {
	const name = /^\s*<([a-z][a-z0-9]*)/i.exec(raw)?.[1]?.toLowerCase() ?? 'p'
	return /^h[1-6]$/.test(name) ? 'heading' : name === 'p' ? 'paragraph' : name
}

/** Empty lines belong to what stands before them; those at the very beginning to the first block. */
function blocksOf(pieces: Piece[]): Block[] {
	const blocks: Block[] = []
	let start = ''
	for (const piece of pieces) {
		const last = blocks.at(-1)
		const { kind } = piece
		const [lead] = last ? /^(?:[ \t]*\n)*/.exec(piece.raw)! : ['']
		const raw = piece.raw.slice(lead.length)
		if (last) last.gap += lead
		if (raw === '') continue
		if (kind !== 'space') {
			const end = raw.trimEnd().length
			const cut = raw.indexOf('\n', end)
			const at = cut < 0 ? raw.length : cut
			blocks.push({ text: start + raw.slice(0, at), gap: raw.slice(at), kind })
			start = ''
		} else if (last) last.gap += raw
		else start += raw
	}
	return start === '' ? blocks : [{ text: start, gap: '', kind: 'space' }]
}

function fewer(blocks: Block[]): Block[] {
	const size = Math.ceil(blocks.length / MOST_BLOCKS)
	if (size <= 1) return blocks
	return chunks(blocks, size).map((run) => {
		const { gap } = run.at(-1)!
		const whole = joinBlocks(run)
		return { text: whole.slice(0, whole.length - gap.length), gap, kind: 'paragraph' }
	})
}
