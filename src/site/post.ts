import { isOpen } from '../comments/policy.ts'
import { HttpError, MissingTranslation, Moved, notFound } from '../errors.ts'
import { dayOf, formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { textOf } from '../markdown/text.ts'
import { parse } from '../markdown/tree.ts'
import { siblingPages } from '../posts/alternates.ts'
import { permalink } from '../posts/permalink.ts'
import { isOutdated, isVisible } from '../posts/post.ts'
import {
	findByOldSlug,
	findNeighbours,
	findSlugElsewhere,
	findTranslation,
	listEnclosures,
	listRelated,
	listSiblings,
	type Whole,
} from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import { isSame, unlockCookie, unlockKey } from '../posts/unlock.ts'
import { firstImage } from '../share/describe.ts'
import { shareLinks } from '../share/links.ts'
import { listTermsOf } from '../terms/queries.ts'
import type { Link, PostCard, PostPage, Sidebar } from '../views/model.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { setCookie } from '../web/cookies.ts'
import { redirect } from '../web/redirect.ts'
import { coverOf, postCard } from './cards.ts'
import { type Overview, overviewOf } from './overview.ts'
import { answerPage, renderPage } from './render.ts'
import { type Conversation, responsesOf } from './responses.ts'
import { type Page, shellOf } from './shell.ts'
import { sidebarOf } from './sidebar.ts'

const RELATED = 5

type Kind = 'post' | 'page'

/** A post at `/L/YYYY/MM/slug/`. */
export const post = (ctx: Context) => show(ctx, 'post')
/** A static page at `/L/slug/`. */
export const page = (ctx: Context) => show(ctx, 'page')
/** The password of a protected post. */
export const unlockPost = (ctx: Context) => unlock(ctx, 'post')
/** The password of a protected page. */
export const unlockPage = (ctx: Context) => unlock(ctx, 'page')

async function show(ctx: Context, kind: Kind): Promise<void> {
	const found = await findVisible(ctx, kind)
	if (!found) return elsewhere(ctx, kind)
	const path = permalink(found)
	if (ctx.path !== path && decodeURI(ctx.path) !== decodeURI(path)) return redirect(ctx, path)
	if (ctx.query.replytocom) return redirect(ctx, `${path}#comment-${Number(ctx.query.replytocom) || ''}`)
	renderPage(ctx, 'post', await postModel(ctx, found, {}))
}

/** The translation at the address of the request, if readers may see it. */
export async function findVisible({ blog, state, params }: Context, kind: Kind): Promise<Whole | undefined> {
	const found = await findTranslation(blog.db, kind, state.locale, params.slug!)
	return found && isVisible(found, blog.clock()) ? found : undefined
}

/** The slug was another one's before, or is only known in other languages. */
async function elsewhere(ctx: Context, kind: Kind): Promise<never> {
	const { db } = ctx.blog
	const now = ctx.blog.clock()
	const moved = await findByOldSlug(db, kind, ctx.state.locale, ctx.params.slug!, now)
	if (moved) throw new Moved(permalink(moved))
	const others = await findSlugElsewhere(db, kind, ctx.params.slug!, now)
	if (others.length === 0) throw notFound()
	// The address of another language's sibling under our prefix: the post may well be here under its own slug.
	const own = others.find(({ locale }) => locale === ctx.state.locale)
	if (own) throw new Moved(permalink(own))
	const { timezone } = ctx.blog.config
	throw new MissingTranslation(
		others.map((other) => ({ locale: other.locale, path: permalink(other), title: titleOf(other, timezone) })),
	)
}

async function unlock(ctx: Context, kind: Kind): Promise<void> {
	const found = await findVisible(ctx, kind)
	if (!found?.password) throw found ? new HttpError(405, { Allow: 'GET, HEAD' }) : notFound()
	const form = await readForm(ctx)
	if (!isSame(form.get('password') ?? '', found.password)) {
		return answerPage(ctx, 422, 'post', await postModel(ctx, found, { wrongPassword: true }))
	}
	setCookie(ctx, unlockCookie(found), unlockKey(ctx.blog.secret, found))
	redirect(ctx, permalink(found), 303)
}

/** Whether a password keeps this reader out. */
export function isLocked(ctx: Context, found: Pick<Whole, 'id' | 'password'>): boolean {
	if (found.password === null) return false
	ctx.set('Cache-Control', 'private, no-store')
	const key = ctx.cookies.get(unlockCookie(found))
	return !key || !isSame(key, unlockKey(ctx.blog.secret, found))
}

/** The page of a post as it is given to the theme. */
export async function postModel(
	ctx: Context,
	found: Whole,
	{ wrongPassword = false, sent }: { wrongPassword?: boolean; sent?: Conversation['sent'] },
): Promise<PostPage> {
	const { t, locale } = ctx.state
	const { db, config } = ctx.blog
	const now = ctx.blog.clock()
	const path = permalink(found)
	const locked = isLocked(ctx, found)
	const overview = await overviewOf(ctx)
	const siblings = await listSiblings(db, found.post_id, now)
	const pages = siblingPages(siblings, config.languages)
	const responses = await responsesOf(ctx, {
		id: found.post_id,
		path,
		title: titleOf(found, config.timezone),
		open: isOpen(found, ctx.state.settings.comments, now),
		sent,
	})
	const terms = await listTermsOf(db, [found.post_id], locale)
	const card = postCard(ctx, { ...found, published_at: found.published_at! }, terms, responses.count)
	const shell = shellOf(ctx, overview, {
		kind: found.kind,
		title: card.title,
		description: locked ? undefined : textOf(parse(found.excerpt)) || found.text.slice(0, 1000),
		path,
		siblings: pages,
		robots: ctx.query.reply ? 'noindex' : undefined,
		sidebar: postSidebar(ctx, overview, found),
		feeds: [{ type: 'application/rss+xml', title: t('responses.feed'), href: responses.feed }],
		facts: factsOf(ctx, found, card),
	})
	const source = siblings.find(({ locale }) => locale === found.source_locale && config.languages.includes(locale))
	return {
		...shell,
		post: {
			...card,
			// Open to one who gave the password.
			locked,
			id: found.post_id,
			permalink: config.siteUrl + path,
			cover: locked ? undefined : coverOf(found),
			content: locked ? '' : found.html,
			modified: modifiedOf(found, ctx),
			unlock: locked ? { action: path, error: wrongPassword ? t('post.wrongPassword') : undefined } : undefined,
			outdated: isOutdated(found, source)
				? {
						text: t('post.outdated'),
						source: { href: permalink(source!), text: t('post.original'), lang: source!.locale },
					}
				: undefined,
			translations: pages
				.filter((page) => page.locale !== locale)
				.map((page) => ({ href: page.path, text: languageName(page.locale), lang: page.locale })),
			share: shareOf(config.siteUrl + path, card.title, ctx),
			...(await around(ctx, found)),
			...family(ctx, found, overview),
			enclosures: locked ? [] : await enclosuresOf(ctx, found),
		},
		responses: locked ? { ...responses, thread: [], form: undefined } : responses,
	}
}

/** Themes may show the calendar beside a post too; what each new post or response changes stays on listings. */
function postSidebar(ctx: Context, overview: Overview, { published_at }: Whole): Sidebar {
	const month = dayOf(published_at!, ctx.blog.config.timezone)
	return { ...sidebarOf(ctx, overview, month), recentPosts: [], recentResponses: [] }
}

function factsOf({ blog }: Context, found: Whole, { author, tags, responses }: PostCard): Page['facts'] {
	const { siteUrl } = blog.config
	return {
		kind: found.kind,
		published: found.published_at!,
		modified: found.modified_at,
		author: author && { name: author.text, url: siteUrl + author.href },
		tags: tags.map((tag) => tag.text),
		responses: responses.count,
		image: imageOf(found, siteUrl),
		sourceLocale: found.source_locale ?? undefined,
	}
}

/** The cover, else the first picture of the text; none of a protected one, also for those who know the password. */
function imageOf(found: Whole, siteUrl: string) {
	if (found.password !== null) return undefined
	const cover = coverOf(found)
	if (cover) return { url: siteUrl + cover.src, width: cover.width, height: cover.height }
	const image = firstImage(found.html)
	return image && { ...image, url: URL.parse(image.url, siteUrl + permalink(found))?.href ?? siteUrl }
}

/** Told when it was changed on a later day than it was published. */
function modifiedOf({ modified_at, published_at }: Whole, ctx: Context) {
	const format = (time: number) => formatMoment(time, ctx.state.locale, ctx.blog.config.timezone)
	const modified = format(modified_at)
	return modified_at > published_at! && modified.text !== format(published_at!).text ? modified : undefined
}

function shareOf(url: string, title: string, { state: { t } }: Context) {
	return { label: t('share.label'), url, title, links: shareLinks({ url, title }, t) }
}

async function around(ctx: Context, { kind, id, post_id, published_at }: Whole) {
	if (kind === 'page') return { related: [] as Link[] }
	const { locale } = ctx.state
	const now = ctx.blog.clock()
	const { older, newer } = await findNeighbours(ctx.blog.db, { locale, now, id, at: published_at! })
	const related = await listRelated(ctx.blog.db, { postId: post_id, locale, now }, RELATED)
	const link = (post: (typeof related)[number]) => ({
		href: permalink(post),
		text: titleOf(post, ctx.blog.config.timezone),
	})
	return { older: older && link(older), newer: newer && link(newer), related: related.map(link) }
}

/** The page above and the pages below a static page. */
function family(ctx: Context, { kind, post_id, parent_id }: Whole, { pages }: Overview) {
	const link = (page: Overview['pages'][number]) => ({
		href: permalink(page),
		text: titleOf(page, ctx.blog.config.timezone),
	})
	if (kind === 'post') return { children: [] }
	const parent = pages.find((page) => page.post_id === parent_id)
	return { parent: parent && link(parent), children: pages.filter((page) => page.parent_id === post_id).map(link) }
}

async function enclosuresOf({ blog }: Context, { id }: Whole) {
	const rows = await listEnclosures(blog.db, [id])
	return rows.map(({ url, mime }) => ({
		href: url,
		mime,
		text: decodeURIComponentSafely(url.split('/').at(-1) ?? url),
	}))
}

function decodeURIComponentSafely(text: string): string {
	try {
		return decodeURIComponent(text)
	} catch {
		return text
	}
}
