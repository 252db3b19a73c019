import type { Context } from './context.ts'

/**
 * Gives the browser a cookie of the whole site, or takes it away (null). `maxAge` is in milliseconds; none ends with
 * the browser. One that scripts may read (`httpOnly: false`) has its plain name.
 */
export function setCookie(
	ctx: Context,
	name: string,
	value: string | null,
	{ maxAge, httpOnly = true }: { maxAge?: number; httpOnly?: boolean } = {},
): void {
	const secure = isSecure(ctx)
	// TLS may end at a proxy in front of us: SITE_URL says how browsers reach the blog.
	ctx.cookies.secure = secure
	const options = { httpOnly, sameSite: 'lax', path: '/', overwrite: true, secure, maxAge } as const
	ctx.cookies.set(httpOnly ? nameOf(ctx, name) : name, value, options)
}

/** A cookie that was given by `setCookie` and is out of reach of scripts. */
export function readCookie(ctx: Context, name: string): string | undefined {
	return ctx.cookies.get(nameOf(ctx, name)) || undefined
}

/** Browsers take the prefix only with Secure, from this host alone. */
function nameOf(ctx: Context, name: string): string {
	return isSecure(ctx) ? `__Host-${name}` : name
}

/** Whether browsers reach the blog by https. */
function isSecure(ctx: Context): boolean {
	return ctx.blog.config.siteUrl.startsWith('https:')
}
