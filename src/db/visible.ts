import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { Time } from './schema.ts'

/** What readers may see of the translations `t`: those published whose time has come. For `where`. */
export function visible(now: Time) {
	return (eb: ExpressionBuilder<any, any>): ExpressionWrapper<any, any, SqlBool> =>
		eb.and([eb('t.status', '=', 'published'), eb('t.published_at', '<=', now)])
}
