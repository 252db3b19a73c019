import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { ResponseStatus } from '../db/schema.ts'
import type { Translate } from '../i18n/catalog.ts'
import { formatMoment } from '../i18n/dates.ts'
import { listTranslations } from '../posts/admin-queries.ts'
import { permalink } from '../posts/permalink.ts'
import { isVisible } from '../posts/post.ts'
import type { DecisionPage, PageOf, QueueAction, QueuedResponse, QueuePage } from '../views/admin-model.ts'
import { lastPage, pagesOf } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { countQueue, findQueued, listQueue, type Queued } from './admin-queries.ts'
import { reasonTexts } from './reasons.ts'
import { isWordless } from './thread-queries.ts'

const PAGE = 50
const STATES = ['held', 'approved', 'spam', 'trash'] as const

/** What an author does with a response, and the state it leads to. */
export const ACTIONS: Record<string, ResponseStatus> = {
	approve: 'approved',
	hold: 'held',
	spam: 'spam',
	trash: 'trash',
}

/** A place in the queue. */
export interface Place {
	state: ResponseStatus
	page: number
}

/** A reply that couldn't be taken, to be shown again. */
export interface FailedReply {
	id: number
	text: string
	error: string
}

type Translations = Awaited<ReturnType<typeof listTranslations>>

/** The place that a query or a form names; the first page of those that wait otherwise. */
export function readPlace(fields: URLSearchParams): Place {
	const page = fields.get('page') ?? ''
	return {
		state: STATES.find((state) => state === fields.get('state')) ?? 'held',
		page: /^[1-9]\d{0,7}$/.test(page) ? Number(page) : 1,
	}
}

/** `/admin/responses/?state=spam&page=2` */
export function placePath({ state, page }: Place): string {
	return `/admin/responses/?state=${state}${page > 1 ? `&page=${page}` : ''}`
}

/** A page of the queue as a template takes it. */
export async function queueOf(
	ctx: Context,
	author: SignedIn,
	{ state, page }: Place,
	failed?: FailedReply,
): Promise<PageOf<QueuePage>> {
	const { db } = ctx.blog
	const { t } = ctx.state
	const counts = await countQueue(db, confinedTo(author))
	const last = lastPage(counts.get(state) ?? 0, PAGE)
	const number = Math.min(page, last)
	const queue = { status: state, author: confinedTo(author) }
	const responses = await listQueue(db, queue, { limit: PAGE, offset: (number - 1) * PAGE })
	const posts = await listTranslations(db, [...new Set(responses.map(({ post_id }) => post_id))])
	return {
		heading: t('admin.responses'),
		alert: failed?.error,
		action: '/admin/responses/',
		state,
		page: String(number),
		filters: filtersOf(ctx, counts, state),
		responses: responses.map((response) => responseOf(ctx, response, posts, failed)),
		bulk: actionsOf(ctx, state),
		empty: responses.length === 0 ? t('admin.noResponses') : undefined,
		pages: pagesOf(number, last, (page) => placePath({ state, page }), t),
	}
}

function filtersOf({ state: { t, locale } }: Context, counts: Map<ResponseStatus, number>, current: ResponseStatus) {
	const format = new Intl.NumberFormat(locale)
	return STATES.map((state) => ({
		href: placePath({ state, page: 1 }),
		text: t(`admin.responseFilters.${state}`),
		count: format.format(counts.get(state) ?? 0),
		current: state === current,
	}))
}

/**
 * One response with the question whether to do this with it, as the links in letters ask; without the button when that
 * is its state already. Nothing when it is gone.
 * i18n: admin.ask.approve admin.ask.hold admin.ask.spam admin.ask.trash
 * i18n: admin.already.approve admin.already.hold admin.already.spam admin.already.trash
 */
export async function decisionOf(ctx: Context, id: number, action: string): Promise<PageOf<DecisionPage> | undefined> {
	const { t } = ctx.state
	const response = await findQueued(ctx.blog.db, id)
	if (!response) return undefined
	const posts = await listTranslations(ctx.blog.db, [response.post_id])
	const isOpen = response.status !== ACTIONS[action]
	return {
		heading: isOpen ? t(`admin.ask.${action}`) : t('admin.responses'),
		notice: isOpen ? undefined : t(`admin.already.${action}`),
		action: '/admin/responses/',
		response: { ...responseOf(ctx, response, posts), selectLabel: '', actions: [], reply: undefined },
		button: isOpen ? { value: action, text: t(`admin.actions.${action}`) } : undefined,
	}
}

/**
 * Every decision but the one that has been made.
 * i18n: admin.actions.approve admin.actions.hold admin.actions.spam admin.actions.trash admin.responseFilters.held
 * admin.responseFilters.approved admin.responseFilters.spam admin.responseFilters.trash
 */
function actionsOf({ state: { t } }: Context, state: ResponseStatus): QueueAction[] {
	const others = Object.entries(ACTIONS).filter(([, target]) => target !== state)
	return others.map(([value]) => ({ value, text: t(`admin.actions.${value}`) }))
}

function responseOf(ctx: Context, response: Queued, posts: Translations, failed?: FailedReply): QueuedResponse {
	const { t, locale } = ctx.state
	const { id, status } = response
	const name = response.name || t('responses.anonymous')
	const post = postOf(ctx, response.post_id, posts)
	return {
		id,
		lang: response.locale,
		name,
		email: response.email,
		url: /^https?:\/\//i.test(response.url) ? { href: response.url, text: shortened(response.url) } : undefined,
		kind: kindOf(response, t),
		title: isWordless(response) ? undefined : response.title || undefined,
		status: t(`admin.responseStates.${status}`),
		state: status,
		created: formatMoment(response.created_at, locale, ctx.blog.config.timezone),
		content: response.html,
		post: post.link,
		permalink: status === 'approved' && post.path ? `${post.path}#comment-${id}` : undefined,
		replyingTo: response.parent_name === null ? undefined : t('responses.replyingTo', { name: response.parent_name }),
		reasons: reasonTexts(response.reasons, t),
		actions: actionsOf(ctx, status),
		selectLabel: t('admin.select', { name }),
		// What says nothing isn't answered.
		reply: isWordless(response)
			? undefined
			: {
					action: `/admin/responses/${id}/reply/`,
					button: t(status === 'approved' ? 'admin.sendReply' : 'admin.approveAndReply'),
					text: failed?.id === id ? failed.text : '',
					error: failed?.id === id ? failed.error : undefined,
				},
	}
}

/**
 * What it is; of a mention also how its page speaks of the post.
 * i18n: admin.responseKinds.comment admin.responseKinds.pingback admin.responseKinds.trackback
 * i18n: admin.responseKinds.webmention mentions.deeds.reply mentions.deeds.like mentions.deeds.repost
 * i18n: mentions.deeds.bookmark mentions.deeds.translation
 */
function kindOf({ kind, mention }: Queued, t: Translate): string {
	const text = t(`admin.responseKinds.${kind}`)
	return mention === '' || mention === 'mention' ? text : `${text} (${t(`mentions.deeds.${mention}`)})`
}

/** The post in the author's language, else in any; its form, and where readers see it. */
function postOf({ blog, state: { locale, t } }: Context, postId: number, posts: Translations) {
	const own = posts.filter((post) => post.post_id === postId)
	const shown = own.find((post) => post.locale === locale) ?? own[0]
	const visible = own.filter((post) => isVisible(post, blog.clock()))
	const seen = visible.find((post) => post.locale === locale) ?? visible[0]
	const lang = shown?.locale ?? locale
	return {
		link: { href: `/admin/posts/${postId}/${lang}/`, text: shown?.title || t('admin.untitled'), lang },
		path: seen && permalink(seen),
	}
}

function shortened(url: string): string {
	const text = url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')
	return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
