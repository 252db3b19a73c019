import type { Context } from './context.ts'
import { readCookie, setCookie } from './cookies.ts'

const SESSION = 'session'

/** The token of the session that a browser brings, if any. */
export function sessionToken(ctx: Context): string | undefined {
	return readCookie(ctx, SESSION)
}

/** Gives the browser the token of its session for `milliseconds`. */
export function keepSession(ctx: Context, token: string, milliseconds: number): void {
	setCookie(ctx, SESSION, token, { maxAge: milliseconds })
}

/** Takes the token away again. */
export function dropSession(ctx: Context): void {
	setCookie(ctx, SESSION, null)
}
