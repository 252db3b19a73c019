import type { Middleware } from 'koa'
import { HttpError } from '../errors.ts'
import type { Context } from './context.ts'

const SAFE = ['GET', 'HEAD', 'OPTIONS']
/** Called by other servers and programs, which carry no cookie of a reader. */
const MACHINES = /^\/(xmlrpc(\.php)?|webmention|micropub|trackback\/[^/]+)(\/|$)/

/** Refuses (403) what a page of another site makes a browser send; programs, which send neither header, may. */
export const refuseCrossSite: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	if (!SAFE.includes(ctx.method) && !MACHINES.test(ctx.path) && isCrossSite(ctx)) throw new HttpError(403)
	await next()
}

function isCrossSite(ctx: Context): boolean {
	const site = ctx.get('Sec-Fetch-Site')
	const origin = ctx.get('Origin')
	if (site && site !== 'same-origin' && site !== 'none') return true
	if (!origin || origin === ctx.blog.config.siteUrl) return false
	// Under another name of this machine (127.0.0.1 for localhost) the browser itself vouches for the page.
	return !(site === 'same-origin' && URL.parse(origin)?.host === ctx.get('Host'))
}
