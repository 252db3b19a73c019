import type { Context } from './context.ts'

/** The parameters after `?`. Koa's own `ctx.URL` leans on Host, which may be anything. */
export function queryOf(ctx: Context): URLSearchParams {
	return new URLSearchParams(ctx.querystring)
}
