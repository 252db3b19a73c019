import type { Templates } from '../views/theme.ts'
import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { pagePolicy } from '../web/headers.ts'
import { lasts } from '../web/page-cache/keep.ts'
import type { Lasting } from '../web/page-cache/store.ts'

/** Answers with a template's page, or 304; everybody may have it for as long as `lasting` says. */
export function renderPage<Name extends keyof Templates>(
	ctx: Context,
	template: Name,
	model: Templates[Name],
	lasting?: Lasting,
): void {
	if (lasting) lasts(ctx, lasting)
	const theme = ctx.state.theme ?? ctx.blog.theme
	const html = theme.render(template, model, ctx.state.t)
	ctx.set('Content-Language', ctx.state.locale)
	ctx.set('Content-Security-Policy', pagePolicy(theme.inline))
	respond(ctx, 'text/html; charset=utf-8', html, {}, ctx.blog.clock())
}

/** Answers one reader with a page that nobody keeps: what they sent comes back, or what went wrong is told. */
export function answerPage<Name extends keyof Templates>(
	ctx: Context,
	status: number,
	template: Name,
	model: Templates[Name],
): void {
	ctx.status = status
	ctx.type = 'html'
	ctx.set('Content-Language', ctx.state.locale)
	ctx.set('Cache-Control', 'private, no-store')
	ctx.set('Content-Security-Policy', pagePolicy(ctx.blog.theme.inline))
	ctx.body = ctx.blog.theme.render(template, model, ctx.state.t)
}
