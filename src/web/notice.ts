import type { Context } from './context.ts'
import { queryOf } from './query.ts'

/** What `?done=` says was done, in words: `told` has a key of the catalog for each. */
export function noticeOf(ctx: Context, told: Record<string, string>): string | undefined {
	const done = queryOf(ctx).get('done') ?? ''
	return Object.hasOwn(told, done) ? ctx.state.t(told[done]!) : undefined
}
