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

/** Gives what `load` gave, until posts of any language change or a new day begins; `name` says all it depends on. */
export function untilPostsChange<T>(ctx: Context, name: string, load: () => Promise<T>): Promise<T> {
	const at = { scopes: everyPost(ctx), versions: ctx.state.versions, now: ctx.blog.clock() }
	return ctx.blog.memory.keep(name, at, async () => ({ value: await load(), until: await nextTurn(ctx) }))
}

/** When pages change by themselves: at midnight, and when a scheduled post appears. */
async function nextTurn(ctx: Context): Promise<Time> {
	const { blog, state } = ctx
	const now = blog.clock()
	return blog.memory.keep('turn', { scopes: everyPost(ctx), versions: state.versions, now }, async () => {
		const until = Math.min(midnight(now, blog.config.timezone), await nextAppearance(blog.db, now, blog.config.languages))
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
