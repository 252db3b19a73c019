import type { Context } from './context.ts'

/** The token of the session that a browser brings, if any. */
export function sessionToken(ctx: Context): string | undefined {
	return ctx.cookies.get(cookieName(ctx)) || undefined
}

/** Gives the browser the token of its session for `milliseconds`. */
export function keepSession(ctx: Context, token: string, milliseconds: number): void {
	setCookie(ctx, token, milliseconds)
}

/** Takes the token away again. */
export function dropSession(ctx: Context): void {
	setCookie(ctx, null, 0)
}

function setCookie(ctx: Context, token: string | null, maxAge: number): void {
	const secure = isSecure(ctx)
	// TLS may end at a proxy in front of us: SITE_URL says how browsers reach the blog.
	ctx.cookies.secure = secure
	ctx.cookies.set(cookieName(ctx), token, { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge })
}

/** Browsers take the prefix only with Secure, from this host alone. */
function cookieName(ctx: Context): string {
	return isSecure(ctx) ? '__Host-session' : 'session'
}

function isSecure(ctx: Context): boolean {
	return ctx.blog.config.siteUrl.startsWith('https:')
}
