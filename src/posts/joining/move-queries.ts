import { chunks } from '../../db/chunks.ts'
import type { Trx } from '../../db/schema.ts'
import { readSettings, writeSetting } from '../../settings/queries.ts'
import type { MenuItem } from '../../settings/settings.ts'
import { insertPostTerms } from '../writing-queries.ts'
import type { Before, Joined } from './queries.ts'
import type { Shared } from './sharing.ts'
import type { Side } from './sides.ts'

interface Way {
	from: number
	to: number
}

/** Puts all that names one post under another: texts, responses, what others told and were told, pages below it. */
export async function moveAll(trx: Trx, { from, to }: Way): Promise<void> {
	for (const table of ['translations', 'comments', 'deliveries', 'autosaves', 'joined_posts'] as const) {
		await trx.updateTable(table).set({ post_id: to }).where('post_id', '=', from).execute()
	}
	await moveMentions(trx, { from, to })
	await trx.updateTable('posts').set({ parent_id: to }).where('parent_id', '=', from).where('id', '!=', to).execute()
	await trx
		.updateTable('imports')
		.set({ id: to })
		.where('kind', 'in', ['post', 'group'])
		.where('id', '=', from)
		.execute()
	await moveMenus(trx, { from, to })
}

/** Keeps that a post has become part of another, and removes what is left of it. */
export async function endPost(trx: Trx, { from, to }: Way, before: Before, now: number): Promise<void> {
	const post = await trx.selectFrom('posts').select('form_key').where('id', '=', from).executeTakeFirstOrThrow()
	await trx.deleteFrom('posts').where('id', '=', from).execute()
	await trx
		.insertInto('joined_posts')
		.values({ number: from, post_id: to, form_key: post.form_key, state: JSON.stringify(before), joined_at: now })
		.execute()
}

/** What of a post the other one takes over and has no row of its own to remember it by. */
export async function readBelongings(trx: Trx, id: number): Promise<Pick<Before, 'imports' | 'children'>> {
	const imports = await trx
		.selectFrom('imports')
		.select(['site', 'kind', 'key'])
		.where('kind', 'in', ['post', 'group'])
		.where('id', '=', id)
		.execute()
	const children = await trx.selectFrom('posts').select('id').where('parent_id', '=', id).execute()
	return { imports, children: children.map((row) => row.id) }
}

/** Settles what the translations of a post share; what is gone meanwhile is left out. */
export async function settleShared(trx: Trx, id: number, shared: Shared): Promise<void> {
	const { terms, ...row } = await present(trx, shared)
	await trx.updateTable('posts').set(row).where('id', '=', id).execute()
	await trx.deleteFrom('post_terms').where('post_id', '=', id).execute()
	await insertPostTerms(trx, id, terms)
}

/** Stores a post without texts, under the number it had before if that is free; gives its number. */
export async function beginPost(
	trx: Trx,
	{ kind }: Pick<Side, 'kind'>,
	shared: Shared,
	joined?: Joined,
): Promise<number> {
	const { terms, ...row } = await present(trx, shared)
	const taken =
		joined && (await trx.selectFrom('posts').select('id').where('id', '=', joined.number).executeTakeFirst())
	const own = joined && !taken ? { id: joined.number } : {}
	const { id } = await trx
		.insertInto('posts')
		.values({ ...row, ...own, kind, form_key: joined?.formKey ?? null })
		.returning('id')
		.executeTakeFirstOrThrow()
	await insertPostTerms(trx, id, terms)
	if (joined) await trx.deleteFrom('joined_posts').where('number', '=', joined.number).execute()
	return id
}

/** Puts some languages of a post under another one, with what hangs on their texts. */
export async function moveTexts(trx: Trx, { from, to }: Way, texts: Side['translations']): Promise<void> {
	const [ids, locales] = [texts.map(({ id }) => id), texts.map(({ locale }) => locale)]
	await trx.updateTable('translations').set({ post_id: to }).where('id', 'in', ids).execute()
	await trx.updateTable('deliveries').set({ post_id: to }).where('translation_id', 'in', ids).execute()
	await trx
		.updateTable('autosaves')
		.set({ post_id: to })
		.where('post_id', '=', from)
		.where('locale', 'in', locales)
		.execute()
	await forgetSources(trx, from)
	await forgetSources(trx, to)
	await moveMenus(trx, { from, to }, locales)
}

/** Puts the threads with these places under another post, and what other blogs told us with the response made of it. */
export async function moveThreads(trx: Trx, { from, to }: Way, roots: string[]): Promise<void> {
	for (const some of chunks(roots)) {
		const moved = trx.selectFrom('comments').select('id').where('post_id', '=', from).where('root', 'in', some)
		await trx.updateTable('mentions').set({ post_id: to }).where('comment_id', 'in', moved).execute()
		await trx
			.updateTable('comments')
			.set({ post_id: to })
			.where('post_id', '=', from)
			.where('root', 'in', some)
			.execute()
	}
}

/** Puts what no response was made of yet under the post whose text it names. */
export async function moveUnanswered(trx: Trx, { from, to }: Way, isMoved: (target: string) => boolean): Promise<void> {
	const rows = await trx
		.selectFrom('mentions')
		.select(['id', 'target'])
		.where('post_id', '=', from)
		.where('comment_id', 'is', null)
		.execute()
	for (const some of chunks(rows.filter(({ target }) => isMoved(target)))) {
		const ids = some.map(({ id }) => id)
		await trx.updateTable('mentions').set({ post_id: to }).where('id', 'in', ids).execute()
	}
}

/** Gives the keys that two notices of one page can't both have under one post back to those that can again. */
export async function freeKeys(trx: Trx, postId: number): Promise<void> {
	const rows = await trx.selectFrom('mentions').select(['id', 'source_key']).where('post_id', '=', postId).execute()
	const taken = new Set(rows.map(({ source_key }) => source_key))
	for (const { id, source_key } of rows) {
		const [key] = source_key.split(' ') as [string]
		if (key === source_key || taken.has(key)) continue
		taken.add(key)
		await trx.updateTable('mentions').set({ source_key: key }).where('id', '=', id).execute()
	}
}

/** Puts what was imported as these texts, or before the posts were joined, under the post where they are now. */
export async function moveImports(
	trx: Trx,
	{ from, to }: Way,
	{ guids, imports }: { guids: string[]; imports: Before['imports'] },
): Promise<void> {
	const rows = await trx
		.selectFrom('imports')
		.select(['site', 'kind', 'key'])
		.where('kind', 'in', ['post', 'group'])
		.where('id', '=', from)
		.execute()
	const had = new Set(imports.map(nameOf))
	for (const row of rows) {
		const isOwn = had.has(nameOf(row)) || (row.kind === 'post' && guids.some((guid) => row.key.endsWith(`|${guid}`)))
		if (!isOwn) continue
		const { site, kind, key } = row
		await trx
			.updateTable('imports')
			.set({ id: to })
			.where('site', '=', site)
			.where('kind', '=', kind)
			.where('key', '=', key)
			.execute()
	}
}

/** Puts pages that stood below a post before it was joined below it again, if they are where they were left. */
export async function moveChildren(trx: Trx, { from, to }: Way, children: number[]): Promise<void> {
	for (const some of chunks(children.filter((id) => id !== to))) {
		await trx
			.updateTable('posts')
			.set({ parent_id: to })
			.where('parent_id', '=', from)
			.where('id', 'in', some)
			.execute()
	}
}

/** Numbers that were joined with what leaves now lead to where that goes. */
export async function moveNumbers(trx: Trx, { from, to }: Way, numbers: number[]): Promise<void> {
	if (numbers.length === 0) return
	await trx
		.updateTable('joined_posts')
		.set({ post_id: to })
		.where('post_id', '=', from)
		.where('number', 'in', numbers)
		.execute()
}

/** Texts of which nothing else is known count as made from this one and up to date; not those it was made from itself. */
export async function nameSource(
	trx: Trx,
	postId: number,
	source: { locale: string; major_revision: number },
): Promise<void> {
	const texts = await trx
		.selectFrom('translations')
		.select(['locale', 'source_locale'])
		.where('post_id', '=', postId)
		.execute()
	const above = new Set<string>()
	for (let locale: string | null | undefined = source.locale; locale && !above.has(locale); ) {
		above.add(locale)
		locale = texts.find((text) => text.locale === locale)?.source_locale
	}
	await trx
		.updateTable('translations')
		.set({ source_locale: source.locale, source_revision: source.major_revision })
		.where('post_id', '=', postId)
		.where('locale', 'not in', [...above])
		.where('source_locale', 'is', null)
		.execute()
}

/** Forms that are open show what isn't so any more: they are told so when they are sent. */
export async function countRevisions(trx: Trx, postId: number): Promise<void> {
	await trx
		.updateTable('translations')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('post_id', '=', postId)
		.execute()
}

/** A page may mention both posts: the second notice stays under a key that no new one finds. */
async function moveMentions(trx: Trx, { from, to }: Way): Promise<void> {
	const own = trx.selectFrom('mentions').select('source_key').where('post_id', '=', to)
	const twice = await trx
		.selectFrom('mentions')
		.select(['id', 'source_key', 'waiting'])
		.where('post_id', '=', from)
		.where('source_key', 'in', own)
		.execute()
	for (const { id, source_key, waiting } of twice) {
		if (waiting) {
			await trx
				.updateTable('mentions')
				.set({ waiting: 1 })
				.where('post_id', '=', to)
				.where('source_key', '=', source_key)
				.execute()
		}
		const key = `${source_key.split(' ')[0]} ${id}`
		await trx.updateTable('mentions').set({ source_key: key, waiting: 0, ip: '' }).where('id', '=', id).execute()
	}
	await trx.updateTable('mentions').set({ post_id: to }).where('post_id', '=', from).execute()
}

/** A page in the navigation is named by its number; `locales` are all, if not told. */
async function moveMenus(trx: Trx, { from, to }: Way, locales?: string[]): Promise<void> {
	for (const { key, locale, value } of await readSettings(trx)) {
		if (key !== 'menu' || (locales && !locales.includes(locale))) continue
		const items = value as MenuItem[]
		if (!items.some((item) => 'post' in item && item.post === from)) continue
		const moved = items.map((item) => ('post' in item && item.post === from ? { ...item, post: to } : item))
		const once = moved.filter((item, at) => moved.findIndex((one) => isSamePage(one, item)) === at)
		await writeSetting(trx, key, locale, once)
	}
}

function isSamePage(a: MenuItem, b: MenuItem): boolean {
	return a === b || ('post' in a && 'post' in b && a.post === b.post)
}

/** A text whose source is no translation of the same post any more has none. */
async function forgetSources(trx: Trx, postId: number): Promise<void> {
	const here = trx.selectFrom('translations').select('locale').where('post_id', '=', postId)
	await trx
		.updateTable('translations')
		.set({ source_locale: null, source_revision: null })
		.where('post_id', '=', postId)
		.where('source_locale', 'not in', here)
		.execute()
}

/** Without what has been deleted since it was written down. */
async function present(trx: Trx, shared: Shared): Promise<Shared> {
	const has = async (table: 'authors' | 'media' | 'posts', id: number | null) => {
		if (id === null) return null
		const row = await trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
		return row ? id : null
	}
	const terms = shared.terms.length
		? await trx.selectFrom('terms').select('id').where('id', 'in', shared.terms).execute()
		: []
	return {
		...shared,
		author_id: await has('authors', shared.author_id),
		cover_id: await has('media', shared.cover_id),
		parent_id: await has('posts', shared.parent_id),
		terms: terms.map(({ id }) => id),
	}
}

function nameOf({ site, kind, key }: Before['imports'][number]): string {
	return `${site} ${kind} ${key}`
}
