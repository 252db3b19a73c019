import type { Translation } from '../../db/schema.ts'
import { decodePercent } from '../../markdown/percent.ts'

/** What a translation lacks, by kind, with how much of it. */
export interface Lacks {
	title: number
	/** Paragraphs. */
	text: number
	excerpt: number
	/** Descriptions of pictures. */
	alts: number
	/** Names of categories and tags. */
	terms: number
}

/** The kinds in the order they are told. */
export const KINDS = ['title', 'text', 'excerpt', 'alts', 'terms'] as const satisfies (keyof Lacks)[]

type Written = Pick<Translation, 'title' | 'source' | 'manual_excerpt'>

/** What a translation lacks of its own; `untranslated` are the paragraphs of its source that it doesn't have. */
export function lacksOf(
	target: Written,
	source: Pick<Translation, 'title' | 'manual_excerpt'>,
	{ untranslated, alts, terms }: { untranslated: number; alts: number; terms: number },
): Lacks {
	const isEmpty = target.source.trim() === ''
	return {
		title: target.title.trim() === '' && source.title.trim() !== '' ? 1 : 0,
		text: isEmpty ? Math.max(1, untranslated) : untranslated,
		excerpt: target.manual_excerpt === '' && source.manual_excerpt !== '' ? 1 : 0,
		alts,
		terms,
	}
}

/** Whether a text shows a picture without saying what it shows; Markdown or HTML. */
export function needsWords(source: string, path: string): boolean {
	const readable = source.includes('%') ? (decodePercent(source) ?? source) : source
	const name = RegExp.escape(path)
	return new RegExp(`!\\[\\s*\\]\\([^()\\s]*${name}|<img(?![^<>]*\\salt="[^"]+")[^<>]*${name}`, 'i').test(readable)
}
