import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../../config.ts'
import type { Db, Time } from '../../db/schema.ts'
import { readSettings } from '../../settings/queries.ts'
import { VERSION } from '../../version.ts'
import { listPosts, type Names, readNames } from '../queries.ts'
import { groupKey, type ItemRoom, writeAttachment, writeItem } from './items.ts'
import { languageTerms, translationGroup } from './polylang.ts'
import { writeTerms } from './terms.ts'
import { around, cdata, plain } from './xml.ts'

/** What is exported. */
export interface WxrSource {
	db: Db
	config: Pick<Config, 'siteUrl' | 'languages' | 'timezone'>
	now: Time
	/** Hears how many posts are done. */
	onPosts?: (count: number) => void
}

/** Writes what WordPress's importer reads: WXR 1.2, with languages as Polylang keeps them. */
export async function writeWxr(source: WxrSource, out: Writable): Promise<void> {
	await pipeline(Readable.from(parts(source), { objectMode: false }), out)
}

async function* parts({ db, config, now, onPosts }: WxrSource): AsyncGenerator<string> {
	const names = await readNames(db)
	let last = 0
	const count = () => ++last
	yield await headOf(db, config, now)
	for (const author of names.authors) yield authorOf(names, author)
	const terms = writeTerms(names, count)
	yield terms.xml
	yield languageTerms(config.languages, count)
	for (const [postId, ids] of groupsOf(names)) yield translationGroup('post', groupKey(postId), ids, count)
	yield plain('generator', `Otklik ${VERSION}`)
	// Attachments are counted together with texts.
	const greatest = names.places.reduce((most, { id }) => Math.max(most, id), 0)
	const room: ItemRoom = { config, now, names, terms, attachmentId: (id) => greatest + id }
	for (const media of names.media) yield writeAttachment(room, media)
	for await (const posts of listPosts(db)) {
		for (const post of posts) for (const text of post.translations) yield writeItem(room, post, text)
		onPosts?.(posts.length)
	}
	yield '</channel>\n</rss>\n'
}

async function headOf(db: Db, { siteUrl, languages }: WxrSource['config'], now: Time): Promise<string> {
	const settings = await readSettings(db)
	const find = (key: string) => settings.find((row) => row.key === key && row.locale === languages[0])?.value
	return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
${plain('title', String(find('title') ?? ''))}${plain('link', siteUrl)}${plain('description', String(find('tagline') ?? ''))}${plain('pubDate', new Date(now).toUTCString())}${plain('language', languages[0]!)}<wp:wxr_version>1.2</wp:wxr_version>
${plain('wp:base_site_url', siteUrl)}${plain('wp:base_blog_url', siteUrl)}`
}

function authorOf({ authorNames }: Names, { id, slug, email }: Names['authors'][number]): string {
	const name = authorNames.find((row) => row.author_id === id)?.name ?? slug
	return around(
		'wp:author',
		plain('wp:author_id', id) +
			cdata('wp:author_login', slug) +
			cdata('wp:author_email', email ?? '') +
			cdata('wp:author_display_name', name) +
			cdata('wp:author_first_name', '') +
			cdata('wp:author_last_name', ''),
	)
}

/** Posts in several languages: which text is which. */
function groupsOf({ places }: Names): [postId: number, ids: Record<string, number>][] {
	const groups = new Map<number, Record<string, number>>()
	for (const { post_id, locale, id } of places) groups.set(post_id, { ...groups.get(post_id), [locale]: id })
	return [...groups].filter(([, ids]) => Object.keys(ids).length > 1)
}
