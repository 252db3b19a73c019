import { endOfComments } from '../comments/policy.ts'
import type { Time } from '../db/schema.ts'
import { dayOf, rangeOf } from '../i18n/dates.ts'
import type { Context } from '../web/context.ts'
import type { Lasting } from '../web/page-cache/store.ts'
import { nextAppearance } from './queries.ts'

/** For how long what lists posts and responses of these languages shows them rightly, alternates included. */
export async function lastingListing(ctx: Context, locales = [ctx.state.locale]): Promise<Lasting> {
	const { scopes, until } = await lastingPosts(ctx)
	return { scopes: [...locales.map((locale) => `listing:${locale}`), ...scopes], until }
}

/** The same of what shows no responses. */
export async function lastingPosts(ctx: Context): Promise<Lasting> {
	return { scopes: [...everyPost(ctx), 'settings'], until: await nextTurn(ctx) }
}

/** For how long the page of a post, or the feed of its responses, shows it rightly. */
export async function lastingPost(
	ctx: Context,
	found: { post_id: number; locale: string; comments_open: number; published_at: Time | null },
): Promise<Lasting> {
	const scopes = [`post:${found.post_id}`, `posts:${found.locale}`, 'settings']
	const closes = endOfComments(found, ctx.state.settings.comments)
	const turn = await nextTurn(ctx)
	return { scopes, until: closes > ctx.blog.clock() ? Math.min(closes, turn) : turn }
}

/**
 * Gives what `load` gave, until posts of any language change or a new day begins; `name` says all it depends on,
 * `bytesOf` how much it is, roughly, if it may be much.
 */
export function untilPostsChange<T>(
	ctx: Context,
	name: string,
	load: () => Promise<T>,
	bytesOf?: (value: T) => number,
): Promise<T> {
	return untilChange(ctx, everyPost(ctx), name, load, bytesOf)
}

/** The same of what shows responses under posts of the page's language: until those or the settings change too. */
export function untilResponsesChange<T>(
	ctx: Context,
	name: string,
	load: () => Promise<T>,
	bytesOf?: (value: T) => number,
): Promise<T> {
	const scopes = [...everyPost(ctx), `listing:${ctx.state.locale}`, 'settings']
	return untilChange(ctx, scopes, name, load, bytesOf)
}

function untilChange<T>(
	ctx: Context,
	scopes: string[],
	name: string,
	load: () => Promise<T>,
	bytesOf?: (value: T) => number,
): Promise<T> {
	const { blog, state } = ctx
	return blog.memory.keep(name, { scopes, versions: state.versions, now: blog.clock() }, async () => {
		const value = await load()
		return { value, until: await nextTurn(ctx), bytes: bytesOf?.(value) }
	})
}

/** When pages change by themselves: at midnight, and when a scheduled post appears. */
async function nextTurn(ctx: Context): Promise<Time> {
	const { blog, state } = ctx
	const now = blog.clock()
	return blog.memory.keep('turn', { scopes: everyPost(ctx), versions: state.versions, now }, async () => {
		const until = Math.min(
			midnight(now, blog.config.timezone),
			await nextAppearance(blog.db, now, blog.config.languages),
		)
		return { value: until, until }
	})
}

function everyPost({ blog }: Context): string[] {
	return blog.config.languages.map((locale) => `posts:${locale}`)
}

function midnight(now: Time, timezone: string): Time {
	const { year, month, day } = dayOf(now, timezone)
	return rangeOf(timezone, year, month, day)!.to
}
