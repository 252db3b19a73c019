import type { Middleware } from 'koa'
import { isOutage } from '../db/outage.ts'
import { negotiate } from '../i18n/negotiate.ts'
import { loadSettings } from '../settings/settings.ts'
import type { Context } from './context.ts'

/** Settles the language of the page: that of its address, else the reader's wish. */
export const language: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	const { languages } = ctx.blog.config
	const prefix = ctx.path.split('/')[1] ?? ''
	ctx.state.locale = languages.includes(prefix) ? prefix : wishedLanguage(ctx)
	ctx.state.t = ctx.blog.catalog.translator(ctx.state.locale)
	await next()
}

/** The settings and the versions of what is kept in memory, as of this request. */
export const present: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	const { memory, clock, db, catalog } = ctx.blog
	if (isAskedForHealth(ctx)) return next()
	const versions = await memory.versions().catch((error) => {
		// Pages that are kept need their styles and pictures, which are no matter of the database.
		if (isOutage(error) && isFile(ctx)) return undefined
		throw error
	})
	if (!versions) return next()
	ctx.state.versions = versions
	ctx.state.settings = await memory.keep('settings', { scopes: ['settings'], versions, now: clock() }, async () => ({
		value: await loadSettings(db, catalog),
		until: Number.POSITIVE_INFINITY,
	}))
	ctx.blog.themes.choose(ctx.state.settings.theme)
	await next()
}

/** Whoever watches the process is answered whatever the database does. */
function isAskedForHealth({ path, method }: Context): boolean {
	return ['/healthz', '/readyz', '/metrics'].includes(path) && ['GET', 'HEAD'].includes(method)
}

function isFile({ path, method }: Context): boolean {
	return /^\/(assets|media)\//.test(path) && ['GET', 'HEAD'].includes(method)
}

/** By the cookie `lang`, then Accept-Language, then the default. */
export function wishedLanguage(ctx: Context): string {
	return negotiate(ctx.blog.config.languages, ctx.cookies.get('lang'), ctx.get('Accept-Language') || undefined)
}
