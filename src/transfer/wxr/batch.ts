import { commentKey, leaveComments, planComments } from './comments.ts'
import type { ImportContext } from './context.ts'
import { nameOf, statusOf, TAKEN_KINDS, unwantedType } from './kinds.ts'
import { type ItemLanguages, languagesOf } from './languages.ts'
import type { Group, PlannedPost } from './plan.ts'
import { itemKey, mainVersion, planPost, planTranslation } from './posts.ts'
import { readImports, readTranslationsOf, type StoredTranslation } from './queries.ts'
import { type Said, said } from './said.ts'
import type { WxrItem } from './types.ts'

/** What earlier runs made of the items of a batch. */
interface Earlier {
	posts: Map<string, number>
	/** Languages of split items, by their keys. */
	translations: Map<string, number>
	comments: Map<string, number>
	/** The texts of the posts that are still here. */
	alive: Map<number, StoredTranslation[]>
}

/** Prepares the posts and pages of a batch: all is counted, nothing is written. */
export async function planBatch(context: ImportContext, items: WxrItem[]): Promise<PlannedPost[]> {
	const wanted = items.filter((item) => isWanted(context, item))
	const earlier = await readEarlier(context, wanted)
	const plans: PlannedPost[] = []
	for (const item of wanted) {
		const plan = await planItem(context, item, earlier)
		if (plan) plans.push(plan)
	}
	return plans
}

/** Whether a type and a status have a place here; those that haven't are counted and named. */
function isWanted({ tally }: ImportContext, item: WxrItem): boolean {
	const unwanted = unwantedType(item)
	const kind = unwanted?.[0] ?? TAKEN_KINDS[item.type || 'post']!
	tally.found(kind)
	const status = statusOf(item)
	const reason = unwanted?.[1] ?? ('reason' in status ? status.reason : undefined)
	if (reason === undefined) return true
	tally.left(kind, nameOf(item), reason)
	leaveComments(item, tally, said('importer.why.under'))
	return false
}

async function readEarlier({ db, survey, languages }: ImportContext, items: WxrItem[]): Promise<Earlier> {
	const site = survey.site.key
	const keys = items.map(itemKey)
	const posts = await readImports(db, site, 'post', keys)
	const known = items.filter((item) => posts.has(itemKey(item)))
	const codes = known.flatMap((item) => item.comments.map((comment) => commentKey(item, comment)))
	const inLanguages = known.flatMap((item) => languages.map((locale) => `${itemKey(item)}:${locale}`))
	const ids = [...new Set(posts.values())]
	return {
		posts,
		translations: await readImports(db, site, 'translation', inLanguages),
		comments: await readImports(db, site, 'comment', codes),
		alive: Map.groupBy(await readTranslationsOf(db, ids), ({ post_id }) => post_id),
	}
}

async function planItem(context: ImportContext, item: WxrItem, earlier: Earlier): Promise<PlannedPost | undefined> {
	const { tally } = context
	const kind = TAKEN_KINDS[item.type || 'post']!
	const key = itemKey(item)
	const id = earlier.posts.get(key)
	if (id !== undefined && !earlier.alive.has(id)) {
		return leave(context, item, kind, said('importer.why.deleted'))
	}
	const languages = languagesOf(item, context.languages, context.localeOf)
	noteUnknown(context, item, languages)
	if (languages.versions.length === 0) {
		return leave(context, item, kind, said('importer.why.language', { language: languages.unknown }))
	}
	if (id === undefined) tally.taken(kind)
	else tally.already(kind)
	const status = statusOf(item)
	if (id === undefined && 'change' in status && status.change) tally.note(status.change, nameOf(item))
	return plan(context, item, languages, { key, id, earlier })
}

async function plan(
	context: ImportContext,
	item: WxrItem,
	languages: ItemLanguages,
	{ key, id, earlier }: { key: string; id: number | undefined; earlier: Earlier },
): Promise<PlannedPost> {
	const fresh = languages.versions.filter(({ locale }) => isFresh(context, languages, { key, id, locale, earlier }))
	const translations = []
	for (const version of fresh) translations.push(await planTranslation(context, item, version, languages))
	const group = id === undefined ? await groupOf(context, item, languages) : undefined
	for (const { row } of translations) group?.locales.add(row.locale)
	const own = new Set(languages.versions.map(({ locale }) => locale))
	// A run that was interrupted has kept the posts, not yet the addresses of their days.
	const stored = earlier.alive.get(id ?? 0)?.filter(({ locale }) => own.has(locale)) ?? []
	for (const row of [...stored, ...translations.map(({ row }) => row)]) noteDay(context, item, row)
	const locales = translations.map(({ row }) => row.locale)
	const terms = context.terms.of(item.terms)
	return {
		key,
		number: item.id,
		parentNumber: item.type === 'page' && item.parent !== '0' ? item.parent : undefined,
		id,
		group,
		row: await planPost(context, item),
		translations,
		terms: locales.length ? terms.map((term) => ({ term, locales })) : [],
		comments: await plannedComments(context, item, languages, earlier),
		storedComments: earlier.comments,
	}
}

/** Every language of a new item; of one that is here, those of a split text that an earlier run could not take. */
function isFresh(
	{ tally }: ImportContext,
	{ isSplit }: ItemLanguages,
	{ key, id, locale, earlier }: { key: string; id: number | undefined; locale: string; earlier: Earlier },
): boolean {
	// A text that was whole at an earlier run may have been split since.
	const isTaken =
		earlier.translations.has(`${key}:${locale}`) || earlier.alive.get(id ?? 0)?.some((row) => row.locale === locale)
	const isHere = id !== undefined && (!isSplit || isTaken === true)
	if (!isSplit) return !isHere
	tally.found('translations')
	if (isHere) tally.already('translations')
	else tally.taken('translations')
	return !isHere
}

async function groupOf(context: ImportContext, item: WxrItem, { group: key, versions }: ItemLanguages) {
	if (!key) return undefined
	const group = context.groups.get(key) ?? (await readGroup(context, key))
	context.groups.set(key, group)
	if (!versions.some(({ locale }) => group.locales.has(locale))) return group
	context.tally.note(said('importer.change.group'), nameOf(item))
}

async function readGroup({ db, survey }: ImportContext, key: string): Promise<Group> {
	const id = (await readImports(db, survey.site.key, 'group', [key])).get(key)
	const rows = id === undefined ? [] : await readTranslationsOf(db, [id])
	return { key, id: rows.length ? id : undefined, locales: new Set(rows.map(({ locale }) => locale)) }
}

async function plannedComments(context: ImportContext, item: WxrItem, languages: ItemLanguages, earlier: Earlier) {
	if (item.comments.length === 0) return []
	const main = mainVersion(context, languages)!.locale
	const own = new Set(languages.versions.map(({ locale }) => locale))
	const detect = own.size > 1 ? await context.detector() : undefined
	const localeOf = (text: string) => {
		const found = detect?.(text)
		return found && own.has(found) ? found : main
	}
	const authorOf = (userId: string) => context.authors.idOfNumber(userId)
	const { timezone, now, tally, problems } = context
	const stored = earlier.comments
	return planComments(item, { timezone, fallbackTime: now, tally, problems, localeOf, authorOf, stored })
}

function noteUnknown({ tally }: ImportContext, item: WxrItem, { isSplit, unknown }: ItemLanguages): void {
	if (!isSplit) return
	for (const code of unknown) {
		tally.found('translations')
		tally.left(
			'translations',
			said('importer.name.version', { item: nameOf(item), language: code }),
			said('importer.why.language', { language: code }),
		)
	}
}

function noteDay(
	{ days, languages, now }: ImportContext,
	item: WxrItem,
	row: StoredTranslation | PlannedPost['translations'][number]['row'],
) {
	const day = item.date.slice(0, 10).replaceAll('-', '/')
	const isOut = row.status === 'published' && (row.published_at ?? now) <= now
	if (row.kind !== 'post' || !isOut || !row.year || !day.startsWith(String(row.year))) return
	if (!days.has(day) || row.locale === languages[0]) days.set(day, row.locale)
}

function leave({ tally }: ImportContext, item: WxrItem, kind: string, reason: Said): undefined {
	tally.left(kind, nameOf(item), reason)
	leaveComments(item, tally, said('importer.why.under'))
}
