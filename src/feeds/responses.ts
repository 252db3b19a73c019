import { threadPath } from '../comments/paths.ts'
import type { listRecentResponses } from '../comments/queries.ts'
import { textOf } from '../markdown/text.ts'
import { parse } from '../markdown/tree.ts'
import { permalink } from '../posts/permalink.ts'
import { titleOf } from '../posts/title.ts'
import { describe } from '../share/describe.ts'
import type { Blog } from '../web/context.ts'
import { absoluteHtml } from './absolute.ts'
import type { FeedEntry } from './data.ts'
import { hashedName } from './guid.ts'

type Row = Awaited<ReturnType<typeof listRecentResponses>>[number]

const SUMMARY = 500

/** Responses as entries of a feed in the language `locale`; each keeps its own. */
export function responseEntries(blog: Blog, locale: string, rows: Row[]): FeedEntry[] {
	return rows.map((row) => responseEntry(blog, locale, row))
}

function responseEntry(blog: Blog, locale: string, row: Row): FeedEntry {
	const t = blog.catalog.translator(locale)
	const post = blog.config.siteUrl + permalink(row)
	const name = row.name || t('responses.anonymous')
	return {
		// Neither a new address of the post nor of the blog changes it.
		guid: hashedName(`response ${row.id} ${row.created_at}`),
		locale: row.lang,
		url: threadPath(post, row.page, undefined, `comment-${row.id}`),
		title: t('feed.response', { name, title: titleOf(row, blog.config.timezone) }),
		html: absoluteHtml(row.html, post),
		summary: describe(textOf(parse(row.html)), SUMMARY),
		author: { name, url: /^https?:/.test(row.url) && URL.canParse(row.url) ? row.url : undefined },
		published: row.created_at,
		modified: row.created_at,
		tags: [],
		enclosures: [],
		siblings: [],
		inReplyTo: { guid: row.guid, url: post },
	}
}
