import type { Middleware } from 'koa'
import { HttpError } from '../errors.ts'
import { decodePercent } from '../markdown/percent.ts'
import type { Context } from './context.ts'
import { redirect } from './redirect.ts'

const LONGEST = 2048

/** Refuses addresses that can't be read; leads GET and HEAD to the form with one slash at the end of a page's address. */
export const canonicalAddress: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	if (ctx.path.length > LONGEST) throw new HttpError(414)
	if (!isReadable(ctx.path)) throw new HttpError(400)
	const canonical = canonicalPath(ctx.path)
	if (canonical === ctx.path || !['GET', 'HEAD'].includes(ctx.method)) return next()
	redirect(ctx, canonical + ctx.search)
}

function isReadable(path: string): boolean {
	return decodePercent(path)?.includes('\0') === false
}

/** `/ru//2025/02` → `/ru/2025/02/`; files (`/robots.txt`), machines and what lies in folders of files stay. */
function canonicalPath(path: string): string {
	const single = path.replace(/\/{2,}/g, '/')
	if (/^\/(assets|media|avatars|wp-content|webmention)\//.test(single)) return single
	return single.endsWith('/') || isFile(single) ? single : `${single}/`
}

function isFile(path: string): boolean {
	return (
		/^\/[^/]+\.\w{2,4}$/.test(path) ||
		['/healthz', '/readyz', '/metrics', '/xmlrpc', '/webmention', '/micropub'].includes(path)
	)
}
