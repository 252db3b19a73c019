import type { Context } from './context.ts'

/** Gives the browser a cookie of the whole site, or takes it away (null). `maxAge` is in milliseconds; none ends with the browser. */
export function setCookie(
	ctx: Context,
	name: string,
	value: string | null,
	{ maxAge, httpOnly = true }: { maxAge?: number; httpOnly?: boolean } = {},
): void {
	const secure = isSecure(ctx)
	// TLS may end at a proxy in front of us: SITE_URL says how browsers reach the blog.
	ctx.cookies.secure = secure
	ctx.cookies.set(name, value, { httpOnly, sameSite: 'lax', path: '/', overwrite: true, secure, maxAge })
}

/** Whether browsers reach the blog by https. */
export function isSecure(ctx: Context): boolean {
	return ctx.blog.config.siteUrl.startsWith('https:')
}
