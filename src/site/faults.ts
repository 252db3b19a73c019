import type { Middleware } from 'koa'
import { HttpError, MissingTranslation, Moved, notFound } from '../errors.ts'
import { barePage } from '../views/bare.ts'
import type { Context } from '../web/context.ts'
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
		if (ctx.status === 405 || ctx.status === 501) throw new HttpError(405)
	} catch (error) {
		await answerFault(ctx, error)
	}
}

async function answerFault(ctx: Context, error: unknown): Promise<void> {
	const status = error instanceof HttpError ? error.status : 500
	if (status >= 500) ctx.blog.log.error({ err: error, path: ctx.path }, 'request failed')
	if (ctx.headerSent) return
	try {
		if (status === 404 && (await oldAddress(ctx))) return
		if (error instanceof Moved) return redirect(ctx, error.path)
		if (error instanceof MissingTranslation) return await missingPage(ctx, error)
		if (error instanceof HttpError) ctx.set(error.headers)
		await errorPage(ctx, status)
	} catch (second) {
		ctx.blog.log.error({ err: second, path: ctx.path }, 'error page failed')
		answerBare(ctx)
	}
}

/** Not even the page around an error can be made, as without a database. */
function answerBare(ctx: Context): void {
	const { catalog } = ctx.blog
	const { locale = catalog.fallback } = ctx.state
	ctx.status = 503
	ctx.set('Retry-After', '30')
	ctx.type = 'html'
	ctx.body = barePage(catalog.translator(locale), locale, '503')
}
