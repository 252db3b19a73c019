import { isOpen } from '../comments/policy.ts'
import { dayOf, formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { decodePercent } from '../markdown/percent.ts'
import { type Sibling, siblingPages } from '../posts/alternates.ts'
import { permalink } from '../posts/permalink.ts'
import { isOutdated } from '../posts/post.ts'
import type { Whole } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import { isSame, unlockCookie, unlockKey } from '../posts/unlock.ts'
import { describeHtml, firstImage } from '../share/describe.ts'
import { shareLinks } from '../share/links.ts'
import type { PostCard, PostPage, Responses, Sidebar } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import { readCookie } from '../web/cookies.ts'
import { coverOf, postCard } from './cards.ts'
import { mentionForm } from './mentions.ts'
import { type Overview, overviewOf } from './overview.ts'
import { type Conversation, responsesOf } from './responses.ts'
import { type Page, shellOf } from './shell.ts'
import { sidebarOf } from './sidebar.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'

/** Whether a password keeps this reader out. */
export function isLocked(ctx: Context, found: Pick<Whole, 'id' | 'password'>): boolean {
	if (found.password === null) return false
	ctx.set('Cache-Control', 'private, no-store')
	const key = readCookie(ctx, unlockCookie(found))
	return !key || !isSame(key, unlockKey(ctx.blog.secret, found))
}

/** The page of a post as it is given to the theme; `sent` is a form that comes back. */
export async function postModel(
	ctx: Context,
	found: Whole,
	{ unlockError, sent }: { unlockError?: string; sent?: Conversation['sent'] } = {},
): Promise<PostPage> {
	const { config } = ctx.blog
	const overview = await overviewOf(ctx)
	const surroundings = await surroundingsOf(ctx, found)
	const { siblings, terms } = surroundings
	const pages = siblingPages(siblings, config.languages)
	const conversation = await conversationOf(ctx, found, sent)
	const card = postCard(ctx, { ...found, published_at: found.published_at! }, terms, conversation.count)
	const locked = isLocked(ctx, found)
	const endpoints = mentionForm(ctx, found, card.href)
	return {
		...shellOf(
			ctx,
			overview,
			await headOf(ctx, found, { card, overview, pages, feed: conversation.feed, locked, endpoints }),
		),
		post: {
			...card,
			...textOfPost(found, { locked, unlockError, enclosures: surroundings.enclosures }),
			id: found.post_id,
			permalink: config.siteUrl + card.href,
			modified: modifiedOf(found, ctx),
			outdated: outdatedOf(ctx, found, siblings),
			translations: pages
				.filter((page) => page.locale !== found.locale)
				.map((page) => ({ href: page.path, text: languageName(page.locale), lang: page.locale })),
			share: shareOf(config.siteUrl + card.href, card.title, ctx),
			...around(ctx, surroundings),
			...family(ctx, found, overview),
		},
		responses: locked
			? { ...conversation, thread: [], reactions: [], form: undefined }
			: { ...conversation, mentionForm: endpoints },
	}
}

function conversationOf(ctx: Context, found: Whole, sent: Conversation['sent']) {
	return responsesOf(ctx, {
		id: found.post_id,
		path: permalink(found),
		title: titleOf(found, ctx.blog.config.timezone),
		open: isOpen(found, ctx.state.settings.comments, ctx.blog.clock()),
		sent,
	})
}

interface Around {
	card: PostCard
	overview: Overview
	pages: Sibling[]
	/** Of its responses. */
	feed: string
	locked: boolean
	endpoints: Responses['mentionForm']
}

async function headOf(
	ctx: Context,
	found: Whole,
	{ card, overview, pages, feed, locked, endpoints }: Around,
): Promise<Page> {
	return {
		kind: found.kind,
		title: card.title,
		description: locked ? undefined : describeHtml(found.excerpt) || found.text,
		path: card.href,
		siblings: pages,
		robots: ctx.query.reply ? 'noindex' : undefined,
		sidebar: await postSidebar(ctx, overview, found),
		feeds: [{ type: 'application/rss+xml', title: ctx.state.t('responses.feed'), href: feed }],
		links: endpoints
			? [
					{ rel: 'webmention', href: endpoints.webmention },
					{ rel: 'pingback', href: endpoints.pingback },
				]
			: [],
		facts: factsOf(ctx, found, card),
	}
}

/** What a password keeps from readers, or the form that asks for it. */
function textOfPost(
	found: Whole,
	{ locked, unlockError, enclosures }: { locked: boolean; unlockError?: string } & Pick<Surroundings, 'enclosures'>,
) {
	if (!locked) {
		return { locked, cover: coverOf(found), content: found.html, enclosures: enclosuresOf(enclosures) }
	}
	return { locked, content: '', enclosures: [], unlock: { action: permalink(found), error: unlockError } }
}

function outdatedOf({ state: { t } }: Context, found: Whole, siblings: Surroundings['siblings']) {
	const source = siblings.find(({ locale }) => locale === found.source_locale)
	if (!source || !isOutdated(found, source)) return undefined
	return {
		text: t('post.outdated'),
		source: { href: permalink(source), text: t('post.original'), lang: source.locale },
	}
}

/** Themes may show the calendar beside a post too; what each new post or response changes stays on listings. */
async function postSidebar(ctx: Context, overview: Overview, { published_at }: Whole): Promise<Sidebar> {
	const month = dayOf(published_at!, ctx.blog.config.timezone)
	return { ...(await sidebarOf(ctx, overview, month)), recentPosts: [], recentResponses: [] }
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

function around(ctx: Context, { older, newer, related }: Surroundings) {
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

function enclosuresOf(rows: Surroundings['enclosures']) {
	return rows.map(({ url, mime }) => ({
		href: url,
		mime,
		text: nameOf(url),
	}))
}

function nameOf(url: string): string {
	const name = url.split('/').at(-1) ?? url
	return decodePercent(name) ?? name
}
