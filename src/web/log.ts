import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'
import type { Context } from './context.ts'

/** One line for each request: what was asked, what was answered, how long it took; nothing personal. */
export const logRequests: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	const started = performance.now()
	const id = randomUUID()
	ctx.set('X-Request-Id', id)
	try {
		await next()
	} finally {
		const ms = Math.round((performance.now() - started) * 10) / 10
		// The address of a subscription is the key to it.
		const path = ctx.path.replace(/(\/subscriptions\/)[^/]+/, '$1…')
		ctx.blog.log.info({ id, method: ctx.method, path, status: ctx.status, ms }, 'request')
	}
}
