import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { ResponseStatus } from '../db/schema.ts'
import type { Translate } from '../i18n/catalog.ts'
import { formatMoment } from '../i18n/dates.ts'
import { listTranslations } from '../posts/admin-queries.ts'
import { authorNames } from '../posts/author-names.ts'
import { permalink } from '../posts/permalink.ts'
import { isVisible } from '../posts/post.ts'
import type { EditForm, QueueAction, QueuedResponse, ReplyForm } from '../views/queue-model.ts'
import type { Context } from '../web/context.ts'
import type { Queued } from './admin-queries.ts'
import { editableOf, versionOf } from './edit.ts'
import { placePath } from './filters.ts'
import { decidersOf, reasonTexts } from './reasons.ts'
import { isWordless } from './thread-queries.ts'
import { clueOf } from './writers/judge.ts'
import type { RuleKind } from './writers/rules.ts'

/** What an author does with a response, and the state it leads to. */
export const ACTIONS: Record<string, ResponseStatus> = {
	approve: 'approved',
	spam: 'spam',
	trash: 'trash',
	hold: 'held',
}

const KEYS: Record<string, string> = { approve: 'a', spam: 's', trash: 'd' }

/** What was typed into the form of an edit, and what is wrong with it. */
export interface EditTyped {
	typed: { name: string; url: string; text: string }
	errors: Partial<Record<'name' | 'url' | 'text', string>>
}

/** A reply or an edit that couldn't be taken, to be shown again. */
export interface Failed {
	reply?: { text: string; error: string }
	edit?: EditTyped
}

type Translations = Awaited<ReturnType<typeof listTranslations>>

/** Responses as templates take them. */
export async function responsesOf(
	ctx: Context,
	author: SignedIn,
	rows: Queued[],
	failed: Failed = {},
): Promise<QueuedResponse[]> {
	const { db } = ctx.blog
	const posts = await listTranslations(db, [...new Set(rows.map(({ post_id }) => post_id))])
	const names = await authorNames(ctx, decidersOf(rows))
	return rows.map((row) => ({
		...factsOf(ctx, row, posts),
		reasons: reasonTexts(row, names, ctx.state.t),
		...deedsOf(ctx, author, row, failed),
	}))
}

function factsOf(ctx: Context, response: Queued, posts: Translations) {
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
		address: response.ip,
		kind: kindOf(response, t),
		title: isWordless(response) ? undefined : response.title || undefined,
		status: t(`admin.responseStates.${status}`),
		state: status,
		created: formatMoment(response.created_at, locale, ctx.blog.config.timezone),
		content: response.html,
		post: post.link,
		permalink: status === 'approved' && post.path ? `${post.path}#comment-${id}` : undefined,
		replyingTo: response.parent_name === null ? undefined : t('responses.replyingTo', { name: response.parent_name }),
		selectLabel: t('admin.select', { name }),
		others: othersOf(ctx, response),
	}
}

function deedsOf(ctx: Context, author: SignedIn, response: Queued, { reply, edit }: Failed) {
	return {
		actions: actionsOf(ctx.state.t, response.status),
		// What says nothing isn't answered.
		reply: isWordless(response) ? undefined : replyOf(ctx.state.t, response, reply),
		edit: editOf(ctx.state.t, response, edit),
		verdicts: isEditor(author) && response.author_id === null ? verdictsOf(ctx, response) : [],
	}
}

/**
 * Every decision but the one that has been made.
 * i18n: admin.actions.approve admin.actions.hold admin.actions.spam admin.actions.trash
 */
export function actionsOf(t: Translate, state: ResponseStatus | 'all'): QueueAction[] {
	const others = Object.entries(ACTIONS).filter(([, target]) => target !== state)
	return others.map(([value]) => ({ value, text: t(`admin.actions.${value}`), key: KEYS[value] }))
}

function replyOf(t: Translate, { id, status }: Queued, failed: Failed['reply']): ReplyForm {
	const only = { text: t('moderation.replyOnly'), approves: false }
	const both = { text: t('admin.approveAndReply'), approves: true }
	return {
		action: `/admin/responses/${id}/reply/`,
		buttons: status === 'approved' ? [{ text: t('admin.sendReply'), approves: false }] : [both, only],
		text: failed?.text ?? '',
		error: failed?.error,
	}
}

function editOf(t: Translate, response: Queued, failed?: EditTyped): EditForm {
	const editable = editableOf(response)
	const { name, url, source: text } = response
	const shown = failed?.typed ?? { name, url, text }
	const field = (of: 'name' | 'url' | 'text') => ({ value: shown[of], error: failed?.errors[of] })
	return {
		action: `/admin/responses/${response.id}/edit/`,
		was: versionOf(response),
		isOpen: failed !== undefined,
		name: field('name'),
		url: editable.url ? field('url') : undefined,
		text: editable.text ? field('text') : undefined,
		hint: response.kind === 'comment' ? undefined : t('moderation.editMention'),
	}
}

const VERDICTS: [string, RuleKind][] = [
	['trust', 'email'],
	['trust', 'host'],
	['block', 'email'],
	['block', 'host'],
	['block', 'address'],
]

/**
 * What can be said of whoever is behind a response: a writer is trusted by e-mail, a page by its site.
 * i18n: moderation.verdicts.trust-email moderation.verdicts.trust-host moderation.verdicts.block-email
 * i18n: moderation.verdicts.block-host moderation.verdicts.block-address
 */
function verdictsOf({ blog, state: { t } }: Context, response: Queued): QueueAction[] {
	return VERDICTS.flatMap(([verdict, kind]) => {
		if (verdict === 'trust' && kind === 'host' && response.kind === 'comment') return []
		const clue = clueOf(blog.secret, response, kind)
		if (!clue) return []
		// Whoever moderates sees the whole address beside the button.
		const value = kind === 'email' ? response.email : kind === 'address' ? response.ip : clue.label
		return [{ value: `${verdict}-${kind}`, text: t(`moderation.verdicts.${verdict}-${kind}`, { value }) }]
	})
}

function othersOf({ state: { t } }: Context, { email, post_id }: Queued) {
	const all = { state: 'all', q: '' } as const
	const sameWriter = { href: placePath({ ...all, q: `"${email}"` }), text: t('moderation.sameWriter') }
	const samePost = { href: placePath({ ...all, post: post_id }), text: t('moderation.samePost') }
	return email ? [samePost, sameWriter] : [samePost]
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
