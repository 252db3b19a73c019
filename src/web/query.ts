import type { Context } from './context.ts'

/** The parameters after `?`, without NUL, which PostgreSQL takes in no text. Koa's own `ctx.URL` leans on Host. */
export function queryOf(ctx: Context): URLSearchParams {
	const parameters = [...new URLSearchParams(ctx.querystring)]
	return new URLSearchParams(parameters.map(([name, value]) => [name, value.replaceAll('\0', '')]))
}
