import { isSameInAll } from '../blocks.ts'
import { hashOf } from '../memory.ts'
import type { Row } from '../rows.ts'

/** What a file for translators is about. */
export interface Exchange {
	post: number
	source: string
	target: string
	/** Of the source's texts when the file was made. */
	digest: string
}

/** One text to translate. */
export interface Unit {
	id: string
	source: string
	target: string
	/** Stays as it is in every language. */
	isKept?: boolean
	/** The source is another than the translation was made of: as it was. */
	before?: string
}

/** The name of the texts of a source: another as soon as a letter of them is. */
export function digestOf(texts: { title: string; manual_excerpt: string; source: string }): string {
	return hashOf([texts.title, texts.manual_excerpt, texts.source].join('\0'))
}

/** The id of a file: an NMTOKEN, for programs keep ids as they are. */
export function fileIdOf({ post, source, target, digest }: Exchange): string {
	return ['otklik', post, source, target, digest].join('.')
}

/** What {@link fileIdOf} has named; undefined for another program's. */
export function readFileId(id: string): Exchange | undefined {
	const [, post, source, target, digest] = /^otklik\.(\d{1,9})\.([\w-]+)\.([\w-]+)\.([\w-]{16})$/.exec(id) ?? []
	return digest === undefined ? undefined : { post: Number(post), source: source!, target: target!, digest }
}

interface Texts {
	title: string
	excerpt: string
}

interface Described {
	id: number
	original: string
	alt: string
	isMine: boolean
}

/** All that is to be translated of a post: title, excerpt, paragraphs, and what pictures show. */
export function unitsOf(source: Texts, target: Texts, rows: Row[], pictures: Described[]): Unit[] {
	const heads = (['title', 'excerpt'] as const)
		.filter((id) => source[id] !== '')
		.map((id) => ({ id, source: source[id], target: target[id] }))
	const paragraphs = rows
		.filter(({ after }) => after !== undefined)
		.map(({ after, before, kind, target: translated }, index) => ({
			id: `p${index + 1}`,
			source: after!,
			target: translated,
			isKept: isSameInAll({ text: after!, kind, gap: '' }),
			before,
		}))
	const alts = pictures
		.filter(({ original, isMine }) => original !== '' && isMine)
		.map(({ id, original, alt }) => ({ id: `alt-${id}`, source: original, target: alt }))
	return [...heads, ...paragraphs, ...alts]
}
