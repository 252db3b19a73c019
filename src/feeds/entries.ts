import { authorPath } from '../authors/paths.ts'
import { countResponses } from '../comments/queries.ts'
import { siblingPages } from '../posts/alternates.ts'
import type { listEntries } from '../posts/listing-queries.ts'
import { permalink } from '../posts/permalink.ts'
import { listEnclosures, listSiblingsOf } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import type { FeedSettings, Settings } from '../settings/settings.ts'
import { describeHtml } from '../share/describe.ts'
import { listTermsOf } from '../terms/queries.ts'
import type { Blog } from '../web/context.ts'
import { absoluteHtml } from './absolute.ts'
import type { FeedEntry } from './data.ts'

type Row = Awaited<ReturnType<typeof listEntries>>[number]
type Around = Awaited<ReturnType<typeof loadAround>>

const SUMMARY = 500

/** Translations of one language as entries of a feed; what a password protects isn't shown. */
export async function postEntries(
	blog: Blog,
	{ feeds }: Pick<Settings, 'feeds'>,
	locale: string,
	rows: Row[],
): Promise<FeedEntry[]> {
	const around = await loadAround(blog, locale, rows)
	return rows.map((row) => postEntry(blog, feeds.text, row, around))
}

async function loadAround({ db, clock }: Blog, locale: string, rows: Row[]) {
	const ids = rows.map((row) => row.post_id)
	return {
		terms: await listTermsOf(db, ids, locale),
		counts: await countResponses(db, ids),
		siblings: await listSiblingsOf(db, ids, clock()),
		enclosures: await listEnclosures(
			db,
			rows.map((row) => row.id),
		),
	}
}

function postEntry(blog: Blog, shown: FeedSettings['text'], row: Row, around: Around): FeedEntry {
	const { siteUrl } = blog.config
	const url = siteUrl + permalink(row)
	const t = blog.catalog.translator(row.locale)
	const locked = row.password !== null
	const title = titleOf(row, blog.config.timezone)
	return {
		guid: row.guid,
		locale: row.locale,
		url,
		title: locked ? t('post.lockedTitle', { title }) : title,
		html: locked ? undefined : absoluteHtml(shown === 'full' ? row.html : row.excerpt, url),
		summary: locked ? t('feed.locked') : describeHtml(row.excerpt, SUMMARY),
		author: authorOf(row, siteUrl),
		published: row.published_at,
		modified: Math.max(row.modified_at, row.published_at),
		tags: around.terms.filter((term) => term.post_id === row.post_id).map((term) => term.name),
		enclosures: locked ? [] : enclosuresOf(row, around, siteUrl),
		siblings: siblingsOf(blog, row, around),
		replies: { count: around.counts.get(row.post_id) ?? 0, url: `${url}#comments`, feed: `${url}feed/` },
	}
}

function authorOf({ locale, author_slug, author_name }: Row, siteUrl: string): FeedEntry['author'] {
	if (!author_slug || !author_name) return undefined
	return { name: author_name, url: siteUrl + authorPath(locale, author_slug) }
}

function siblingsOf({ config }: Blog, row: Row, { siblings }: Around): FeedEntry['siblings'] {
	const others = siblings.filter(({ post_id, locale }) => post_id === row.post_id && locale !== row.locale)
	return siblingPages(others, config.languages).map(({ locale, path }) => ({ locale, url: config.siteUrl + path }))
}

/** Only what an imported post names as a file of the web, with a type that is one. */
function enclosuresOf(row: Row, { enclosures }: Around, siteUrl: string): FeedEntry['enclosures'] {
	return enclosures
		.filter(({ translation_id, mime }) => translation_id === row.id && /^[\w.+-]+\/[\w.+-]+$/.test(mime))
		.map(({ url, mime, bytes }) => ({ url: URL.parse(url, siteUrl)?.href ?? '', mime, bytes }))
		.filter(({ url }) => /^https?:/.test(url))
}
