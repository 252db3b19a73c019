import { HttpError, notFound } from '../errors.ts'
import { permalink } from '../posts/permalink.ts'
import { overviewOf } from '../site/overview.ts'
import { answerPage } from '../site/render.ts'
import { shellOf } from '../site/shell.ts'
import { sidebarOf } from '../site/sidebar.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { redirect } from '../web/redirect.ts'
import { Refused, receive } from './intake.ts'
import { findMention } from './queries.ts'
import { findAnyOf } from './target-queries.ts'
import { trackbackAnswer } from './trackback.ts'

const MOST_BYTES = 16 * 1024

/**
 * A webmention: taken for verification with 202, whatever the source is, and an address that tells when that is done.
 * i18n: mentions.refused.source mentions.refused.missing mentions.refused.closed mentions.refused.same
 * i18n: mentions.refused.known mentions.refused.often
 */
export async function webmention(ctx: Context): Promise<void> {
	const { t, settings } = ctx.state
	const form = await readForm(ctx, MOST_BYTES)
	const [source, target] = [form.get('source')?.trim() ?? '', form.get('target')?.trim() ?? '']
	try {
		const token = await receive(ctx.blog, settings, { protocol: 'webmention', source, target, ip: ctx.ip })
		ctx.set('Location', `${ctx.blog.config.siteUrl}/webmention/${token}`)
		await say(ctx, 202, t('mentions.accepted'))
	} catch (error) {
		if (!(error instanceof Refused)) throw error
		if (error.wait > 0) ctx.set('Retry-After', String(error.wait))
		await say(ctx, error.refusal === 'often' ? 429 : 400, t(`mentions.refused.${error.refusal}`))
	}
}

/** Whether a webmention has been looked into; not what was found. */
export async function webmentionStatus(ctx: Context): Promise<void> {
	const mention = await findMention(ctx.blog.db, ctx.params.token!)
	if (!mention) throw notFound()
	await say(ctx, 200, ctx.state.t(mention.waiting ? 'mentions.waiting' : 'mentions.done'))
}

/** A trackback to the post of this number; all but the address of the page is read in the page itself. */
export async function trackback(ctx: Context): Promise<void> {
	const { blog, state, ip } = ctx
	const answer = (error?: string) => {
		ctx.set('Content-Type', 'text/xml; charset=utf-8')
		ctx.set('Cache-Control', 'no-store')
		ctx.body = trackbackAnswer(error)
	}
	try {
		const source = (await readForm(ctx, MOST_BYTES)).get('url')?.trim() ?? ''
		const post = await findAnyOf(blog.db, Number(ctx.params.number), blog.clock())
		if (!post) throw new Refused('missing')
		const target = blog.config.siteUrl + permalink(post)
		await receive(blog, state.settings, { protocol: 'trackback', source, target, ip })
		answer()
	} catch (error) {
		if (!(error instanceof Refused || (error instanceof HttpError && error.status < 500))) throw error
		ctx.status = error instanceof HttpError ? error.status : error.refusal === 'often' ? 429 : 200
		if (error instanceof HttpError) ctx.set(error.headers)
		else if (error.wait > 0) ctx.set('Retry-After', String(error.wait))
		answer(state.t(error instanceof HttpError ? 'mentions.refused.form' : `mentions.refused.${error.refusal}`))
	}
}

/** Who opens the address of a trackback is led to the post. */
export async function trackbackPage(ctx: Context): Promise<void> {
	const post = await findAnyOf(ctx.blog.db, Number(ctx.params.number), ctx.blog.clock())
	if (!post) throw notFound()
	redirect(ctx, `${permalink(post)}#comments`, 302)
}

/** In a page for people, else as plain text. */
async function say(ctx: Context, status: number, text: string): Promise<void> {
	if (ctx.accepts('text/plain', 'text/html') === 'text/html') {
		const heading = ctx.state.t('mentions.heading')
		const overview = await overviewOf(ctx)
		const page = {
			kind: 'question',
			title: heading,
			siblings: [],
			robots: 'noindex',
			sidebar: await sidebarOf(ctx, overview),
		}
		return answerPage(ctx, status, 'question', { ...shellOf(ctx, overview, page), heading, text })
	}
	ctx.status = status
	ctx.set('Cache-Control', 'no-store')
	ctx.set('Content-Language', ctx.state.locale)
	ctx.type = 'text/plain; charset=utf-8'
	ctx.body = `${text}\n`
}
