import type { Middleware } from 'koa'
import { isOutage } from '../db/outage.ts'
import { HttpError, MissingTranslation, Moved, notFound } from '../errors.ts'
import { barePage } from '../views/bare.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { MOST_BYTES } from '../web/fields.ts'
import { requestOf } from '../web/log.ts'
import { redirect } from '../web/redirect.ts'
import { errorPage, missingPage } from './errors.ts'
import { oldAddress } from './old-addresses.ts'

/** Turns what was thrown, or not found, into a page in the reader's language; faults of ours are logged. */
export const faults: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	try {
		await next()
		if (ctx.body || ctx.respond === false) return
		if (ctx.status === 404) throw notFound()
		// The router has named the methods it takes; one that nobody knows (501) is no fault of ours.
		if (ctx.status === 405 || ctx.status === 501) throw new HttpError(405, ctx.response.get('Allow') ? {} : ANY)
	} catch (error) {
		await answerFault(ctx, error)
	}
}

const ANY = { Allow: 'GET, HEAD' }

async function answerFault(ctx: Context, error: unknown): Promise<void> {
	const status = error instanceof HttpError ? error.status : 500
	if (status >= 500) ctx.blog.log.error({ err: error, ...requestOf(ctx) }, 'request failed')
	if (ctx.headerSent) return
	if (isOutage(error)) return answerBare(ctx)
	try {
		if (status === 404 && (await oldAddress(ctx))) return
		if (error instanceof Moved) return redirect(ctx, error.path)
		if (error instanceof MissingTranslation) return await missingPage(ctx, error)
		if (error instanceof HttpError) ctx.set(error.headers)
		// Whoever comes too often gets no page that costs as much as what was asked for.
		if (status === 429) return await answerBare(ctx, 429)
		await errorPage(ctx, status)
	} catch (second) {
		ctx.blog.log.error({ err: second, ...requestOf(ctx) }, 'error page failed')
		await answerBare(ctx)
	}
}

/** Answers without the page around an error, as without a database; what was typed goes back all the same. */
async function answerBare(ctx: Context, status: 429 | 503 = 503): Promise<void> {
	const { catalog, theme } = ctx.blog
	const { locale = catalog.fallback } = ctx.state
	const fields = await typedFields(ctx)
	ctx.status = status
	ctx.set('Cache-Control', 'no-store')
	if (status === 503) ctx.set('Retry-After', '30')
	ctx.type = 'html'
	ctx.body = barePage(catalog.translator(locale), locale, `${status}`, { style: theme.asset('style.css'), fields })
}

/** Are typed anew. */
const SECRET = ['password', 'code', 'current', 'chosen', 'ticket', 'credential']

async function typedFields(ctx: Context): Promise<[string, string][] | undefined> {
	if (ctx.method !== 'POST') return undefined
	const form = ctx.state.sent ?? (await readForm(ctx, MOST_BYTES).catch(() => undefined))
	return form && [...form].filter(([name]) => !SECRET.includes(name))
}
