import type { Db, Translation } from '../../db/schema.ts'
import type { Loaded } from '../load.ts'
import { isOutdated } from '../post.ts'
import { findRevisionAt } from '../revisions/queries.ts'
import { memoryOf, type Pair } from './memory.ts'
import { type Progress, readProgress } from './queries.ts'
import { changeKey, newRows, type Row, rowsOf } from './rows.ts'

/** A line of the source beside the translation's: its title or excerpt. */
export interface Head {
	before?: string
	after: string
	key?: string
}

/** A translation being made or brought up to date. */
export interface Work {
	source: Translation
	/** The source has had a change that wasn't a small one since. */
	isBehind: boolean
	title: Head
	excerpt: Head
	rows: Row[]
	/** Names of what changed in the source: when all are ticked off the translation is up to date. */
	changes: string[]
	progress: Progress
}

/** What a translation is made from: the sibling it names, else the one wished for, else the first language that is there. */
export function sourceOf(
	{ lang, stored, translations }: Loaded,
	languages: string[],
	wish?: string | null,
): Translation | undefined {
	const others = translations.filter(({ locale, status }) => locale !== lang && status !== 'trash')
	const inOrder = others.toSorted((a, b) => rank(languages, a) - rank(languages, b))
	const named = (locale?: string | null) => others.find((other) => other.locale === locale)
	return named(stored?.source_locale) ?? named(wish) ?? inOrder[0]
}

/** Lays a translation beside its source: as it is stored, or with another `text` and the `pairs` it was typed with. */
export async function workOn(
	db: Db,
	stored: Translation | undefined,
	source: Translation,
	typed?: { text: string; pairs: Pair[] },
): Promise<Work> {
	const isLinked = stored?.source_locale === source.locale
	const isBehind = isLinked && isOutdated(stored, source)
	const earlier = isBehind ? await findRevisionAt(db, source.id, stored.source_revision ?? 0) : undefined
	const progress = stored ? await readProgress(db, stored.id) : { pairs: [], ticks: [], untranslated: 0 }
	const title = headOf(earlier?.title, source.title)
	const excerpt = headOf(earlier?.excerpt, source.manual_excerpt)
	const text = { format: source.format, now: source.source, earlier: earlier?.source }
	const memory = memoryOf(typed && typed.pairs.length > 0 ? typed.pairs : progress.pairs)
	const target = { format: stored?.format ?? source.format, text: typed?.text ?? stored?.source ?? '' }
	const rows = stored || typed ? rowsOf(text, target, memory) : newRows(text)
	const changes = [title.key, excerpt.key, ...rows.map(({ key }) => key)].filter((key) => key !== undefined)
	if (isBehind && !earlier) changes.push(wholeKey(source))
	return { source, isBehind, title, excerpt, rows, changes: [...new Set(changes)], progress }
}

/** The name of all that changed in a source of which no earlier state is known. */
export function wholeKey({ source }: Translation): string {
	return changeKey(undefined, source)
}

function headOf(before: string | undefined, after: string): Head {
	if (before === undefined || before === after) return { after }
	return { before, after, key: changeKey(`head ${before}`, after) }
}

function rank(languages: string[], { locale }: Translation): number {
	const at = languages.indexOf(locale)
	return at < 0 ? languages.length : at
}
