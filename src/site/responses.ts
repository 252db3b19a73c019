import { avatarHash, avatarImage, avatarSvg } from '../avatars/avatar.ts'
import { LIMITS } from '../comments/form.ts'
import { threadPath } from '../comments/paths.ts'
import { findParent } from '../comments/queries.ts'
import type { ThreadNode } from '../comments/thread.ts'
import type { Shown } from '../comments/thread-queries.ts'
import { formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { faceOf } from '../mentions/face.ts'
import { untilResponsesChange } from '../posts/lasting.ts'
import type { Link, ResponseForm, ResponseNode, Responses } from '../views/model.ts'
import { pageAt, pagesOf } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { type Asked, askedOf, type ConversationPage, readConversation } from './conversation.ts'
import { mentionOf, reactionsOf } from './mentions.ts'

/** The post whose conversation is shown. */
export interface Conversation {
	id: number
	path: string
	title: string
	open: boolean
	/** The form as it was sent, when it comes back with what was wrong. */
	sent?: Partial<ResponseForm> & { parent?: string }
}

/** The conversation under a post, the same under each of its translations, and the form to join it. */
export async function responsesOf(ctx: Context, post: Conversation): Promise<Responses> {
	const asked = askedOf(ctx)
	const { wanted, only, held } = asked
	const name = ['responses', ctx.state.locale, post.id, post.open, wanted, only, post.path, post.title].join(' ')
	const load = () => loadResponses(ctx, post, asked)
	// Who has comments that wait is shown a page of their own.
	const responses = await (held.length > 0 ? load() : untilResponsesChange(ctx, name, load, bytesOf))
	return { ...responses, form: post.open || post.sent ? await formOf(ctx, post) : undefined }
}

/** Of what is kept of a response: its row, what the theme is given, and what it makes of that. */
function bytesOf({ thread }: Pick<Responses, 'thread'>): number {
	return thread.reduce(
		(sum, { content, children }) => sum + 4 * content.length + 5_000 + bytesOf({ thread: children }),
		0,
	)
}

async function loadResponses(ctx: Context, post: Conversation, asked: Asked): Promise<Omit<Responses, 'form'>> {
	const { t } = ctx.state
	const page = await readConversation(ctx, post.id, asked)
	const { total, number, last, only, reactionCounts } = page
	const count = [...reactionCounts.values()].reduce((sum, reactions) => sum + reactions, total)
	return {
		heading: count === 0 ? t('responses.none') : t('responses.heading', { count, title: post.title }),
		count,
		feed: `${post.path}feed/`,
		reactions: reactionsOf(ctx, page),
		thread: nodesOf(ctx, post, page.nodes, page),
		closed: post.open ? undefined : t('responses.closed'),
		filter: filterOf(ctx, post.path, page),
		pages: pagesOf(number, last, (page) => threadPath(post.path, page, only), t, t('responses.pages')),
	}
}

/** All responses or those of one language; none when they are all in one, unless another one was asked for. */
function filterOf({ blog, state: { t } }: Context, path: string, { counts, total, only }: ConversationPage): Link[] {
	if (counts.size < 2 && (!only || counts.has(only))) return []
	// A page elsewhere may be in a language that the blog isn't in.
	const own = [...counts].filter(([code]) => blog.config.languages.includes(code))
	const languages = own.map(([code, count]) => ({
		href: threadPath(path, 1, code),
		text: `${languageName(code)} (${count})`,
		lang: code,
		current: code === only,
	}))
	return [{ href: threadPath(path, 1), text: `${t('responses.all')} (${total})`, current: !only }, ...languages]
}

type Place = Pick<ConversationPage, 'number' | 'only'>

function nodesOf(ctx: Context, post: Conversation, thread: ThreadNode<Shown>[], page: Place): ResponseNode[] {
	return thread.map((node) => ({
		...responseNode(ctx, post, node, page),
		children: nodesOf(ctx, post, node.children, page),
	}))
}

function responseNode(
	ctx: Context,
	post: Conversation,
	{ response, replyingTo, children }: ThreadNode<Shown>,
	page: Place,
): Omit<ResponseNode, 'children'> {
	const { locale, t } = ctx.state
	const canReply = post.open && response.status === 'approved'
	return {
		id: response.id,
		kind: response.kind,
		lang: response.locale,
		name: response.name || t('responses.anonymous'),
		url: response.author_url || response.url || undefined,
		mention: mentionOf(ctx, response),
		avatar: response.kind === 'comment' ? avatarOf(ctx, response) : faceOf(ctx.blog.secret, response),
		byAuthor: response.author_id !== null,
		published: formatMoment(response.created_at, locale, ctx.blog.config.timezone),
		permalink: threadPath(post.path, page.number, page.only, `comment-${response.id}`),
		content: response.html,
		replyingTo: replyingTo && {
			href: placeOf(ctx, post.path, replyingTo),
			text: t('responses.replyingTo', { name: replyingTo.name || t('responses.anonymous') }),
		},
		reply: canReply ? `${post.path}?reply=${response.id}#respond` : undefined,
		held: response.status === 'held',
		replies: children.length > 0 ? t('responses.replies', { count: countBelow(children) }) : undefined,
	}
}

/** Drawn, or by an address of its own where there may be another one. */
function avatarOf({ blog, state: { settings } }: Context, response: Shown): string {
	const hash = avatarHash(blog.secret, response)
	const mayBeElsewhere = settings.comments.gravatar && response.status === 'approved' && response.email !== ''
	return mayBeElsewhere ? avatarImage(response.id, hash) : avatarSvg(hash)
}

/** Where a response is read: on this page, or on another one. */
function placeOf({ state: { settings } }: Context, path: string, { id, before }: Shown): string {
	if (before === undefined) return `#comment-${id}`
	return threadPath(path, pageAt(before, settings.comments.perPage), undefined, `comment-${id}`)
}

/** All that a folded thread hides. */
function countBelow(children: ThreadNode<Shown>[]): number {
	return children.reduce((sum, child) => sum + 1 + countBelow(child.children), 0)
}

async function formOf(ctx: Context, { id, path, sent }: Conversation): Promise<ResponseForm> {
	const { t, settings } = ctx.state
	const asked = sent?.parent ?? String(ctx.query.reply ?? '')
	const parent = /^\d{1,15}$/.test(asked) ? await findParent(ctx.blog.db, id, Number(asked)) : undefined
	const name = parent && (parent.name || t('responses.anonymous'))
	return {
		action: `${path}comments/`,
		heading: parent ? t('form.replyTo', { name }) : t('form.heading'),
		replyTo: parent && { id: parent.id, text: name!, cancel: `${path}#respond` },
		values: { name: '', email: '', url: '', text: '', notify: false, remember: false },
		errors: {},
		note: settings.respondNote(ctx.state.locale).html,
		emailRequired: settings.comments.requireEmail,
		limits: LIMITS,
		canNotify: ctx.blog.config.smtpUrl !== '',
		...sent,
	}
}
