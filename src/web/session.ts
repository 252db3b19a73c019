import type { Context } from './context.ts'
import { isSecure, setCookie } from './cookies.ts'

/** The token of the session that a browser brings, if any. */
export function sessionToken(ctx: Context): string | undefined {
	return ctx.cookies.get(cookieName(ctx)) || undefined
}

/** Gives the browser the token of its session for `milliseconds`. */
export function keepSession(ctx: Context, token: string, milliseconds: number): void {
	setCookie(ctx, cookieName(ctx), token, { maxAge: milliseconds })
}

/** Takes the token away again. */
export function dropSession(ctx: Context): void {
	setCookie(ctx, cookieName(ctx), null)
}

/** Browsers take the prefix only with Secure, from this host alone. */
function cookieName(ctx: Context): string {
	return isSecure(ctx) ? '__Host-session' : 'session'
}
