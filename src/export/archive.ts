import type { Writable } from 'node:stream'
import type { Config } from '../config.ts'
import type { Comment, Db, Time } from '../db/schema.ts'
import { permalink } from '../posts/permalink.ts'
import { readSettings } from '../settings/queries.ts'
import type { Storage } from '../storage/storage.ts'
import { writeZip, type ZipWriter } from '../zip/write.ts'
import { type Files, layOut } from './links.ts'
import { listPosts, listRedirects, type Names, readNames, type WholePost, type WholeTranslation } from './queries.ts'
import { readme } from './readme.ts'
import { frontMatter } from './yaml.ts'

/** What is exported. */
export interface Exported {
	db: Db
	storage: Storage
	config: Pick<Config, 'siteUrl' | 'languages'>
	now: Time
	/** Hears how many posts are done. */
	onPosts?: (count: number) => void
}

/** The settings that tell nothing that is to stay secret. */
const OPEN = [
	...['title', 'tagline', 'footer', 'respondNote', 'profiles', 'menu', 'widgets'],
	...['comments', 'mentions', 'feeds', 'hubs', 'theme'],
]

type Room = Exported & { zip: ZipWriter; names: Names; files: Files }
type Emails = { authors: Record<string, string>; responses: Record<number, string> }

/** Writes the whole blog as files that are read without a program; gives the files the storage didn't have. */
export async function writeExport(exported: Exported, out: Writable): Promise<string[]> {
	const { db, config, now, onPosts } = exported
	const zip = writeZip(out)
	const names = await readNames(db)
	const room = { ...exported, zip, names, files: layOut(names, config.siteUrl) }
	await zip.add('README.md', readme({ site: config.siteUrl, made: isoTime(now)!.slice(0, 10) }))
	await zip.add(
		'blog.json',
		json({ site: config.siteUrl, languages: config.languages, settings: await settingsOf(db) }),
	)
	const emails: Emails = { authors: {}, responses: {} }
	await addLists(room, emails)
	for await (const posts of listPosts(db)) {
		for (const post of posts) await addPost(room, post, emails)
		onPosts?.(posts.length)
	}
	await zip.add('private/emails.json', json(emails))
	const missing = await addMedia(room)
	await zip.end()
	return missing
}

async function settingsOf(db: Db) {
	const rows = await readSettings(db)
	return rows
		.filter(({ key }) => OPEN.includes(key))
		.map(({ key, locale, value }) => ({ key, language: locale, value }))
}

async function addLists({ db, zip, names, files }: Room, emails: Emails): Promise<void> {
	const { authors, authorNames, terms, termNames, media, mediaTexts } = names
	for (const { slug, email } of authors) if (email) emails.authors[slug] = email
	await zip.add(
		'authors.json',
		json(
			authors.map(({ id, slug, role, created_at }) => ({
				slug,
				role,
				since: isoTime(created_at),
				names: inLanguages(
					authorNames.filter((row) => row.author_id === id),
					({ name, bio }) => ({ name, bio }),
				),
			})),
		),
	)
	await zip.add(
		'terms.json',
		json(
			terms.map(({ id, kind, parent_id }) => ({
				...{ number: id, kind, parent: parent_id },
				names: inLanguages(
					termNames.filter((row) => row.term_id === id),
					({ name, slug, description }) => ({
						name,
						slug,
						description,
					}),
				),
			})),
		),
	)
	await zip.add(
		'media.json',
		json(
			media.map(({ id, path, name, mime, bytes, width, height, created_at }) => ({
				...{ file: `media/${path}`, name, type: mime, bytes, width, height, added: isoTime(created_at) },
				shows: inLanguages(
					mediaTexts.filter((row) => row.media_id === id),
					({ alt }) => alt,
				),
			})),
		),
	)
	const byAddress = new Map(names.places.map((place) => [permalink(place), files.fileOf(place)]))
	const redirects = (await listRedirects(db)).map(({ path, target, ...place }) => {
		const to = place.slug === null ? target : permalink(place as Names['places'][number])
		return { from: path, to, file: byAddress.get(to ?? '') }
	})
	await zip.add('redirects.json', json(redirects))
}

async function addPost(room: Room, post: WholePost, emails: Emails): Promise<void> {
	const { zip, files } = room
	if (post.translations.length === 0) return
	const folder = files.folderOf(post.id)
	for (const text of post.translations) {
		await zip.add(files.fileOf(text), `${headOf(room, post, text)}\n${files.relink(text.source, folder)}\n`)
	}
	for (const { id, email } of post.comments) if (email) emails.responses[id] = email
	if (post.comments.length > 0) await zip.add(`${folder}/comments.json`, json(post.comments.map(responseOf(room))))
	if (post.revisions.length > 0) {
		const history = post.revisions.map(({ locale, number, title, source, excerpt, saved_at, small }) => ({
			...{ language: locale, number, title, text: source, excerpt, saved: isoTime(saved_at), small: small === 1 },
		}))
		await zip.add(`${folder}/history.json`, json(history))
	}
}

function headOf({ names, files }: Room, post: WholePost, text: WholeTranslation): string {
	const { locale, id } = text
	const terms = post.terms.map((term) => names.terms.find((row) => row.id === term)!)
	const named = (kind: string) =>
		terms.filter((term) => term.kind === kind).flatMap((term) => termName(names, term.id, locale) ?? [])
	const cover = names.media.find((media) => media.id === post.cover_id)
	const parent = post.parent_id === null ? undefined : names.places.find((place) => place.post_id === post.parent_id)
	const folder = files.folderOf(post.id)
	return frontMatter({
		...{ title: text.title, language: locale, kind: text.kind, address: permalink(text), slug: text.slug },
		...{ status: text.status, date: isoTime(text.published_at), modified: isoTime(text.modified_at) },
		author: names.authors.find((author) => author.id === post.author_id)?.slug,
		...{ categories: named('category'), tags: named('tag'), excerpt: files.relink(text.manual_excerpt, folder) },
		cover: cover && files.relink(`/media/${cover.path}`, folder),
		...{ password: text.password, sticky: post.sticky === 1 || undefined },
		parent: parent && files.folderOf(parent.post_id),
		...{ position: post.position || undefined, guid: text.guid, number: post.id, revision: text.revision },
		...{ comments: post.comments_open === 1 ? 'open' : 'closed', pings: post.pings_open === 1 ? 'open' : 'closed' },
		...{ translatedFrom: text.source_locale, translatedRevision: text.source_revision },
		oldAddresses: post.oldSlugs.filter((row) => row.translation_id === id).map(({ slug }) => slug),
		enclosures: post.enclosures
			.filter((row) => row.translation_id === id)
			.map(({ url, mime, bytes }) => ({ url, type: mime, bytes })),
	})
}

function termName({ termNames }: Names, id: number, locale: string): string | undefined {
	return termNames.find((row) => row.term_id === id && row.locale === locale)?.name
}

/** As readers knew it; what the filters thought of it is no part of the conversation. */
function responseOf({ names }: Room) {
	return (row: Comment) => ({
		...{ number: row.id, parent: row.parent_id, kind: row.kind, status: row.status, language: row.locale },
		...{ date: isoTime(row.created_at), name: row.name, url: row.url, format: row.format, text: row.source },
		author: names.authors.find((author) => author.id === row.author_id)?.slug,
		...(row.mention && { mention: row.mention, title: row.title, authorUrl: row.author_url }),
	})
}

async function addMedia({ zip, storage, names }: Room): Promise<string[]> {
	const missing: string[] = []
	for (const { path } of names.media) {
		const content = await storage.read(path)
		if (content) await zip.add(`media/${path}`, content, { stored: true })
		else missing.push(path)
	}
	return missing
}

function inLanguages<Row extends { locale: string }, T>(rows: Row[], say: (row: Row) => T): Record<string, T> {
	return Object.fromEntries(rows.map((row) => [row.locale, say(row)]))
}

function isoTime(time: Time | null): string | undefined {
	return time === null ? undefined : new Date(time).toISOString()
}

function json(value: unknown): string {
	return `${JSON.stringify(value, null, '\t')}\n`
}
