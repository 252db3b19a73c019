import type { Context } from './context.ts'

/** Leads to another path of this site, for good (301) unless told otherwise. Paths only: never off the site. */
export function redirect(ctx: Context, path: string, status: 301 | 302 | 303 | 307 = 301): void {
	ctx.redirect(`/${path.replace(/^[/\\]+/, '')}`)
	ctx.status = status
}
