import { listRecentResponses } from '../comments/queries.ts'
import type { PostKind } from '../db/schema.ts'
import { notFound } from '../errors.ts'
import { lastingListing, lastingPost, untilPostsChange } from '../posts/lasting.ts'
import type { FindListing, ListingSource } from '../posts/listing.ts'
import { listEntries } from '../posts/listing-queries.ts'
import { permalink } from '../posts/permalink.ts'
import { isVisible } from '../posts/post.ts'
import { findByOldSlug, findTranslation } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import type { Context } from '../web/context.ts'
import { redirect } from '../web/redirect.ts'
import { postEntries } from './entries.ts'
import { type Format, feedPath } from './formats.ts'
import { listMerged, newestResponse } from './queries.ts'
import { responseEntries } from './responses.ts'
import { blogTitle, send } from './send.ts'

const SIZE = 20

/** The newest posts of a listing. */
export async function listingFeed(ctx: Context, find: FindListing, format: Format): Promise<void> {
	const source = await find(ctx)
	const rows = await listEntries(ctx.blog.db, source.filter, { limit: SIZE })
	// As its page: a time without posts isn't there.
	if (rows.length === 0 && source.kind === 'archive') throw notFound()
	const entries = await postEntries(ctx.blog, ctx.state.settings, ctx.state.locale, rows)
	const touched = await newestResponse(
		ctx.blog.db,
		rows.map((row) => row.post_id),
	)
	const siblings = await untilPostsChange(ctx, `siblings:${source.path}`, source.siblings)
	const { path, search } = source
	await send(ctx, format, {
		path,
		search,
		title: feedTitle(source, ctx),
		siblings,
		entries,
		touched,
		isTold: source.kind === 'home',
		lasting: await lastingListing(ctx),
	})
}

/** The newest posts of all languages, one entry a post, each in its language. */
export async function mergedFeed(ctx: Context, format: Format): Promise<void> {
	const { db, config, catalog, clock } = ctx.blog
	// The address names no language: whoever asks gets the same.
	ctx.state.locale = catalog.fallback
	const rows = await listMerged(db, { languages: config.languages, now: clock() }, SIZE)
	const lists = config.languages.map((locale) =>
		postEntries(
			ctx.blog,
			ctx.state.settings,
			locale,
			rows.filter((row) => row.locale === locale),
		),
	)
	const byUrl = new Map((await Promise.all(lists)).flat().map((entry) => [entry.url, entry]))
	const entries = rows.map((row) => byUrl.get(config.siteUrl + permalink(row))!)
	const touched = await newestResponse(
		db,
		rows.map((row) => row.post_id),
	)
	const lasting = await lastingListing(ctx, config.languages)
	await send(ctx, format, { path: '/', title: blogTitle(ctx), siblings: [], entries, touched, isTold: true, lasting })
}

/** The newest responses under the posts of a language. */
export async function commentsFeed(ctx: Context, format: Format): Promise<void> {
	const { locale, t, settings } = ctx.state
	const { comments } = settings
	const rows = await listRecentResponses(ctx.blog.db, { locale, now: ctx.blog.clock(), comments }, SIZE)
	const entries = responseEntries(ctx.blog, locale, rows)
	const title = `${t('feed.allResponses')} — ${blogTitle(ctx)}`
	await send(ctx, format, {
		path: `/${locale}/`,
		feed: `/${locale}/comments/`,
		title,
		siblings: [],
		entries,
		lasting: await lastingListing(ctx),
	})
}

/** The newest responses to a post or a page; under a protected one they aren't shown. */
export async function postCommentsFeed(ctx: Context, kind: PostKind, format: Format): Promise<void> {
	const { db, clock, config } = ctx.blog
	const { locale, t, settings } = ctx.state
	const found = await findTranslation(db, kind, locale, ctx.params.slug!)
	if (!found || !isVisible(found, clock())) return moved(ctx, kind, format)
	const path = permalink(found)
	const self = path + feedPath(format)
	if (decodeURI(ctx.path) !== decodeURI(self)) return redirect(ctx, self)
	const { comments } = settings
	const rows = await listRecentResponses(db, { locale, now: clock(), postId: found.post_id, comments }, SIZE)
	const entries = responseEntries(ctx.blog, locale, rows)
	const title = t('feed.responses', { title: titleOf(found, config.timezone) })
	await send(ctx, format, { path, title, siblings: [], entries, lasting: await lastingPost(ctx, found) })
}

async function moved(ctx: Context, kind: PostKind, format: Format): Promise<void> {
	const now = await findByOldSlug(ctx.blog.db, kind, ctx.state.locale, ctx.params.slug!, ctx.blog.clock())
	if (!now) throw notFound()
	redirect(ctx, permalink(now) + feedPath(format))
}

function feedTitle({ kind, heading }: ListingSource, ctx: Context): string {
	return kind === 'home' ? blogTitle(ctx) : `${heading} — ${blogTitle(ctx)}`
}
