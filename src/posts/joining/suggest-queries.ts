import { setImmediate } from 'node:timers/promises'
import { chunks } from '../../db/chunks.ts'
import type { Db, PostKind } from '../../db/schema.ts'
import { permalink } from '../permalink.ts'
import { type Linking, ownLinks } from './clues.ts'

/** Texts read at once. */
const BATCH = 200

/** A text of a post that lacks a language. */
export type Text = Awaited<ReturnType<typeof listTexts>>[number]

/** The texts of all posts that lack one of so many languages, without what is written in them. */
export async function listTexts(db: Db, languages: number) {
	return db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.select([
			't.id',
			't.post_id',
			't.kind',
			't.locale',
			't.title',
			't.slug',
			't.year',
			't.month',
			't.status',
			't.revision',
		])
		.select(['t.published_at', 'p.author_id', 'p.cover_id'])
		.where('t.post_id', 'in', lacking(db, languages))
		.execute()
}

/** What these texts link to on this blog, known by these hosts; what was read of a text is kept until it changes. */
export async function listLinking(db: Db, texts: Text[], hosts: string[]): Promise<Linking[]> {
	const known = read.get(db) ?? new Map<number, Read>()
	read.set(db, known)
	const name = hosts.toSorted().join(' ')
	const isRead = ({ id, revision }: Text) => known.get(id)?.revision === revision && known.get(id)?.hosts === name
	for (const some of chunks(
		texts.filter((text) => !isRead(text)),
		BATCH,
	)) {
		const revisions = new Map(some.map(({ id, revision }) => [id, revision]))
		const rows = await db
			.selectFrom('translations')
			.select(['id', 'html'])
			.where('id', 'in', [...revisions.keys()])
			.execute()
		// Readers are not kept waiting for ten thousand texts.
		await setImmediate()
		for (const { id, html } of rows) {
			known.set(id, { revision: revisions.get(id)!, hosts: name, paths: ownLinks(html, new Set(hosts)) })
		}
	}
	return texts.flatMap(({ id, post_id }) => {
		const { paths } = known.get(id) ?? { paths: [] }
		return paths.length > 0 ? [{ postId: post_id, paths }] : []
	})
}

interface Read {
	revision: number
	hosts: string
	paths: string[]
}

const read = new WeakMap<Db, Map<number, Read>>()

/** The posts that paths of links lead to: by the addresses of these texts, by their old slugs and old addresses. */
export async function readLeads(db: Db, texts: Text[], paths: string[]): Promise<Map<string, number>> {
	const leads = new Map(texts.map((text) => [decodeURIComponent(permalink(text)), text.post_id]))
	for (const some of chunks(
		paths.filter((path) => !leads.has(path)),
		BATCH,
	)) {
		const rows = await db
			.selectFrom('redirects as r')
			.innerJoin('translations as t', 't.id', 'r.translation_id')
			.select(['r.path', 't.post_id'])
			.where('r.path', 'in', some)
			.execute()
		for (const { path, post_id } of rows) leads.set(path, post_id)
		await addOldSlugs(db, leads, some)
	}
	return leads
}

/** Which posts that lack a language show an upload, as a picture or as the cover. */
export async function listShown(db: Db, languages: number): Promise<{ media: number; posts: number[] }[]> {
	const rows = await db
		.selectFrom('media_uses as u')
		.innerJoin('translations as t', 't.id', 'u.translation_id')
		.select(['u.media_id', 't.post_id'])
		.where('t.post_id', 'in', lacking(db, languages))
		.union(
			db
				.selectFrom('posts')
				.select(['cover_id as media_id', 'id as post_id'])
				.where('cover_id', 'is not', null)
				.where('id', 'in', lacking(db, languages))
				.$narrowType<{ media_id: number }>(),
		)
		.execute()
	const byMedia = Map.groupBy(rows, ({ media_id }) => media_id)
	return [...byMedia].map(([media, uses]) => ({ media, posts: uses.map(({ post_id }) => post_id) }))
}

/** The hosts of the blogs that were imported. */
export async function listOldHosts(db: Db): Promise<string[]> {
	const rows = await db.selectFrom('imports').select('site').distinct().execute()
	return rows.map(({ site }) => site.split('/')[0]!).filter((host) => /^[\w.:-]+$/.test(host))
}

async function addOldSlugs(db: Db, leads: Map<string, number>, paths: string[]): Promise<void> {
	const named = new Map(paths.flatMap((path) => nameOf(path) ?? []))
	if (named.size === 0) return
	const rows = await db
		.selectFrom('old_slugs as o')
		.innerJoin('translations as t', 't.id', 'o.translation_id')
		.select(['o.kind', 'o.locale', 'o.slug', 't.post_id'])
		.where(
			'o.slug',
			'in',
			[...named.keys()].map((name) => name.split('/')[2]!),
		)
		.execute()
	for (const { kind, locale, slug, post_id } of rows) {
		const path = named.get(`${kind}/${locale}/${slug}`)
		if (path && !leads.has(path)) leads.set(path, post_id)
	}
}

/** `post/ru/slug` and the path that names it. */
function nameOf(path: string): [string, string][] | undefined {
	const parts = path.slice(1, -1).split('/')
	const kind: PostKind | undefined = parts.length === 4 ? 'post' : parts.length === 2 ? 'page' : undefined
	return kind && [[`${kind}/${parts[0]}/${parts.at(-1)}`, path]]
}

function lacking(db: Db, languages: number) {
	return db
		.selectFrom('translations')
		.select('post_id')
		.groupBy('post_id')
		.having((eb) => eb(eb.fn.countAll<number>(), '<', languages))
}
