import { type CommentPolicy, isOpen } from '../comments/policy.ts'
import type { Time } from '../db/schema.ts'
import { decodePercent } from '../markdown/percent.ts'
import { findOldAddress } from '../posts/old-address.ts'
import { permalink } from '../posts/permalink.ts'
import type { Settings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { isOn, readAddress, siteAt } from './source/address.ts'
import { type Found, findNamed } from './target-queries.ts'

/** What of a blog addresses are looked up in. */
export type Ground = Pick<Blog, 'db' | 'config' | 'clock'>

/** A post that an address names, with the response in it, if one is named. */
export interface Place {
	post: Found
	/** The path of the translation. */
	path: string
	commentId?: number
}

/** What one of our addresses leads to: a post, something else (a listing, a feed), nothing, or it isn't ours. */
export type Located = Place | 'other' | 'missing' | 'foreign'

/** Addresses that are there and are no posts: after a language, and without one. */
const LISTINGS = /^\/(?:page\/\d+\/|(?:category|tag|author)\/.*|\d{4}\/(?:\d\d\/){0,2}|(?:search|feed|comments)\/.*)?$/
const MACHINES =
	/^\/(?:(?:admin|assets|media|avatars|feed|trackback)\/.*|[\w-]+\.(?:xml|txt|ico)\/|(?:xmlrpc|webmention|micropub)\/)?$/
const PARTS = /\/(?:feed(?:\/\w+)?|comments)\/$/

/**
 * What an address leads to: by any host form, scheme, old slug or imported address of a visible post, in any language.
 * `&` may be written as in HTML.
 */
export async function locate(blog: Ground, address: string): Promise<Located> {
	const url = readAddress(address.replaceAll('&amp;', '&'))
	if (!url || !isOn(siteAt(blog.config.siteUrl), url)) return 'foreign'
	const path = decodedPath(url)
	if (path === undefined) return 'missing'
	const comment = /^#comment-(\d{1,9})$/.exec(url.hash)?.[1] ?? numberIn(url.searchParams.get('replytocom'))
	const post = (await namedBy(blog, path)) ?? (await movedFrom(blog, { path, query: url.searchParams }))
	if (post) return { post, path: permalink(post), ...(comment && { commentId: Number(comment) }) }
	// The old number of a post that isn't here.
	const isNumbered = path === '/' && url.searchParams.has('p')
	return !isNumbered && isOther(path, blog.config.languages) ? 'other' : 'missing'
}

/** Whether a post takes mentions now. */
export function takesMentions(
	{ pings_open, password, published_at }: Pick<Found, 'pings_open' | 'password' | 'published_at'>,
	settings: { mentions: Pick<Settings['mentions'], 'receive'>; comments: CommentPolicy },
	now: Time,
): boolean {
	if (!settings.mentions.receive || password !== null) return false
	return isOpen({ comments_open: pings_open, published_at }, settings.comments, now)
}

function decodedPath({ pathname }: URL): string | undefined {
	const path = decodePercent(pathname)?.replace(/\/{2,}/g, '/')
	if (path === undefined || path.includes('\0')) return undefined
	return path.endsWith('/') ? path : `${path}/`
}

function numberIn(text: string | null): string | undefined {
	return text && /^\d{1,9}$/.test(text) ? text : undefined
}

async function namedBy({ db, config, clock }: Ground, path: string): Promise<Found | undefined> {
	const [, locale, ...parts] = path.slice(0, -1).split('/')
	if (!locale || !config.languages.includes(locale)) return undefined
	const isPost = parts.length === 3 && /^\d{4}$/.test(parts[0]!) && /^\d\d$/.test(parts[1]!)
	if (!isPost && parts.length !== 1) return undefined
	return findNamed(db, { kind: isPost ? 'post' : 'page', locale, slug: parts.at(-1)! }, clock())
}

/** By an address of the blog that was imported; feeds of posts are no posts. */
async function movedFrom(blog: Ground, old: { path: string; query: URLSearchParams }): Promise<Found | undefined> {
	const target = await findOldAddress(blog, old)
	return target && !target.endsWith('/feed/')
		? namedBy(blog, decodeURIComponent(target.replace(/#.*$/, '')))
		: undefined
}

function isOther(path: string, languages: string[]): boolean {
	const [, first = ''] = path.split('/')
	if (!languages.includes(first)) return MACHINES.test(path)
	return PARTS.test(path) || LISTINGS.test(path.slice(first.length + 1))
}
