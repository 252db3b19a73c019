import { findOldAddress } from '../posts/old-address.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { redirect } from '../web/redirect.ts'

/** Leads an address of an imported blog to its new one; tells whether there was one. */
export async function oldAddress(ctx: Context): Promise<boolean> {
	if (!['GET', 'HEAD'].includes(ctx.method)) return false
	const target = await findOldAddress(ctx.blog, { path: decodeURIComponent(ctx.path), query: queryOf(ctx) })
	if (!target) return false
	if (!/^https?:\/\//i.test(target)) redirect(ctx, target)
	else {
		ctx.redirect(target)
		ctx.status = 301
	}
	return true
}
