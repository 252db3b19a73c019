import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'
import type { Context } from './context.ts'

/** An id that a proxy in front has given. */
const GIVEN = /^[\w-]{8,64}$/
/** Addresses that are keys to what they lead to. */
const KEYS = /(\/(?:subscriptions|preview|webmention)\/)[^/]+/

/** One line for each request: what was asked, what was answered, how long it took; nothing personal. */
export const logRequests: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	const started = performance.now()
	const given = ctx.get('X-Request-Id')
	ctx.state.id = GIVEN.test(given) ? given : randomUUID()
	ctx.set('X-Request-Id', ctx.state.id)
	try {
		await next()
	} finally {
		const ms = Math.round((performance.now() - started) * 10) / 10
		ctx.blog.log.info({ ...requestOf(ctx), method: ctx.method, status: ctx.status, ms }, 'request')
	}
}

/** A request as the log may tell of it. */
export function requestOf({ state: { id }, path }: Pick<Context, 'state' | 'path'>): { id: string; path: string } {
	return { id, path: path.replace(KEYS, '$1…') }
}
