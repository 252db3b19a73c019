import { createComment } from '../comments/create.ts'
import { type CommentInput, checkInput, type FieldError, readInput } from '../comments/form.ts'
import { HELD_COOKIE, readHeld, signHeld } from '../comments/held.ts'
import { threadPath } from '../comments/paths.ts'
import { isOpen } from '../comments/policy.ts'
import { findParent } from '../comments/queries.ts'
import type { Comment } from '../db/schema.ts'
import { notFound } from '../errors.ts'
import { renderComment } from '../markdown/comment.ts'
import { permalink } from '../posts/permalink.ts'
import type { Whole } from '../posts/queries.ts'
import type { ResponseForm } from '../views/model.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { readCookie, setCookie } from '../web/cookies.ts'
import { limit, secondsToWait } from '../web/rate/rate.ts'
import { redirect } from '../web/redirect.ts'
import { pageOfResponse } from './conversation.ts'
import { findKept } from './post.ts'
import { isLocked, postModel } from './post-model.ts'
import { answerPage } from './render.ts'

const YEAR = 365 * 24 * 60 * 60 * 1000
/** Browsers drop a longer cookie, and proxies an answer with one. */
const LONGEST_COOKIE = 3000

/** A reader's comment under a post. */
export const commentOnPost = (ctx: Context) => receive(ctx, 'post')
/** A reader's comment under a static page. */
export const commentOnPage = (ctx: Context) => receive(ctx, 'page')

/** Who calls the address of the form by itself, as by reloading what came back, is led to the post. */
export function commentForm(ctx: Context): void {
	redirect(ctx, `${ctx.path.replace(/comments\/$/, '')}#respond`, 302)
}

async function receive(ctx: Context, kind: 'post' | 'page'): Promise<void> {
	const { t, settings, locale } = ctx.state
	const policy = settings.comments
	const form = await readForm(ctx)
	await limit(ctx.blog, 'comment form', ctx.ip)
	const post = await findKept(ctx, kind)
	if (!post || isLocked(ctx, post)) throw notFound()
	const input = readInput(form)
	const refuse = (status: number, sent: Partial<ResponseForm>) => sendBack(ctx, post, input, status, sent)
	if (!isOpen(post, policy, ctx.blog.clock())) return refuse(403, { error: t('responses.closed') })
	const errors = checkInput(input, policy)
	if (errors.length > 0) return refuse(422, { error: t('form.refused'), errors: tellErrors(ctx, errors) })
	const parent = input.parent ? await findParent(ctx.blog.db, post.post_id, Number(input.parent)) : undefined
	if (input.parent && !parent) return refuse(403, { error: t('form.noParent') })
	if (form.has('preview')) return refuse(200, { preview: renderComment(input.text) })
	const wait = await secondsToWait(ctx.blog, 'comment', ctx.ip)
	if (wait > 0) {
		ctx.set('Retry-After', String(wait))
		return refuse(429, { error: t('form.flood', { count: Math.ceil(wait / 60) }) })
	}
	const { ip } = ctx
	const sender = { ip, userAgent: ctx.get('User-Agent'), referrer: ctx.get('Referer') }
	const comment = await createComment(ctx.blog, { postId: post.post_id, locale, input, parent, policy, ...sender })
	if (!comment) return refuse(409, { error: t('form.duplicate') })
	rememberWriter(ctx, input)
	if (comment.status !== 'approved') rememberHeld(ctx, comment)
	const page = comment.status === 'spam' ? 1 : await pageOfResponse(ctx, comment)
	redirect(ctx, threadPath(permalink(post), page, undefined, `comment-${comment.id}`), 303)
}

/** The page of the post with the form as it was filled in, and why it came back. */
async function sendBack(ctx: Context, post: Whole, input: CommentInput, status: number, sent: Partial<ResponseForm>) {
	const { name, email, url, text, notify, remember, parent } = input
	const values = { name, email, url, text, notify, remember }
	const model = await postModel(ctx, post, { sent: { ...sent, values, parent } })
	answerPage(ctx, status, 'post', { ...model, robots: 'noindex' })
}

// i18n: form.missing form.tooLong form.notEmail form.notUrl form.notParent
function tellErrors({ state: { t } }: Context, errors: FieldError[]): ResponseForm['errors'] {
	return Object.fromEntries(errors.map(({ field, error, limit }) => [field, t(`form.${error}`, { count: limit ?? 0 })]))
}

/** Only a writer who ticks the box is known again: a script fills the form in from this cookie. */
function rememberWriter(ctx: Context, { name, email, url, remember }: CommentInput): void {
	const told = encodeURIComponent(JSON.stringify({ name, email, url }))
	const value = remember && told.length <= LONGEST_COOKIE ? told : null
	if (!value && !ctx.cookies.get('commenter')) return
	setCookie(ctx, 'commenter', value, { httpOnly: false, maxAge: YEAR })
}

function rememberHeld(ctx: Context, { id }: Comment): void {
	const { secret } = ctx.blog
	const held = signHeld(secret, [...readHeld(secret, readCookie(ctx, HELD_COOKIE)), id])
	setCookie(ctx, HELD_COOKIE, held, { maxAge: YEAR })
}
