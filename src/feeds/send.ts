import type { Time } from '../db/schema.ts'
import type { Sibling } from '../posts/alternates.ts'
import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { lasts } from '../web/page-cache/keep.ts'
import type { Lasting } from '../web/page-cache/store.ts'
import { writeAtom } from './atom.ts'
import type { FeedData, FeedEntry } from './data.ts'
import { type Format, feedPath, typeOf } from './formats.ts'
import { writeJson } from './json.ts'
import { writeRss } from './rss.ts'

const WRITERS: Record<Format, (data: FeedData) => string> = { rss: writeRss, atom: writeAtom, json: writeJson }

/** A feed as its handler knows it; paths, and the rest is the blog's. */
export interface Told {
	/** Of the page it follows; the feed is below it, or below `feed`. */
	path: string
	feed?: string
	/** The query string of both. */
	search?: string
	title: string
	siblings: Sibling[]
	entries: FeedEntry[]
	/** The newest response to any of its posts. */
	touched?: Time
	/** The hubs are told of news in it. */
	isTold?: boolean
	lasting: Lasting
}

/** Answers with a feed, or 304 when the reader has it. */
export async function send(
	ctx: Context,
	format: Format,
	{ path, feed = path, search = '', title, siblings, entries, touched = 0, isTold = false, lasting }: Told,
): Promise<void> {
	const { siteUrl, languages } = ctx.blog.config
	const { locale, settings } = ctx.state
	const updated = Math.max(0, touched, ...entries.map((entry) => entry.modified))
	const data: FeedData = {
		locale,
		title,
		description: settings.tagline(locale),
		url: siteUrl + path + search,
		self: siteUrl + feed + feedPath(format) + search,
		hubs: isTold ? settings.hubs : [],
		siblings: siblings
			.filter((sibling) => sibling.locale !== locale && languages.includes(sibling.locale))
			.map((sibling) => ({
				locale: sibling.locale,
				url: siteUrl + sibling.path,
			})),
		updated,
		author: blogTitle(ctx),
		entries,
	}
	if (data.hubs.length > 0) ctx.set('Link', linksOf(data))
	lasts(ctx, lasting)
	const lastModified = Math.max(updated, await changedAt(ctx))
	respond(ctx, typeOf(format), WRITERS[format](data), { lastModified }, ctx.blog.clock())
}

/** How WebSub is discovered without reading the feed (W3C WebSub, 4). */
function linksOf({ hubs, self }: FeedData): string {
	return [...hubs.map((hub) => `<${hub}>; rel="hub"`), `<${self}>; rel="self"`].join(', ')
}

/** When this process first saw the present state: what was removed or approved has no later time of its own. */
function changedAt({ blog, state: { versions } }: Context): Promise<Time> {
	const now = blog.clock()
	const scopes = ['settings', ...blog.config.languages.map((locale) => `listing:${locale}`)]
	return blog.memory.keep('changed', { scopes, versions, now }, async () => ({
		value: now,
		until: Number.POSITIVE_INFINITY,
	}))
}

/** What the blog is called in the language of the feed. */
export function blogTitle({ state: { settings, locale } }: Context): string {
	return settings.title(locale)
}
