import type { Time } from '../db/schema.ts'
import type { Context } from '../web/context.ts'
import { readCookie, setCookie } from '../web/cookies.ts'
import { addressKey } from '../web/rate/address.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { sign, unsign } from './signed.ts'

const DEVICE = 'device'
const YEAR = 365 * 24 * 60 * 60 * 1000

/**
 * A browser in which an author has signed in before is counted by itself (OWASP, "device cookies"): whoever guesses
 * from the same address can't keep the author out. Others are counted by address and account together.
 */
export async function secondsToSignIn(ctx: Context, account: { id?: number; email: string }): Promise<number> {
	const device = account.id === undefined ? undefined : deviceOf(ctx, account.id)
	if (device !== undefined && (await secondsToWait(ctx.blog, 'sign-in known', device)) === 0) return 0
	const wait = await secondsToWait(ctx.blog, 'sign-in from', ctx.ip)
	return wait || secondsToWait(ctx.blog, 'sign-in', `${addressKey(ctx.ip)} ${account.email.toLowerCase()}`)
}

/** The same for the second step, which is counted by account alone: whoever comes so far knows the password. */
export async function secondsToConfirm(ctx: Context, authorId: number): Promise<number> {
	const device = deviceOf(ctx, authorId)
	if (device !== undefined && (await secondsToWait(ctx.blog, 'sign-in known', `second ${device}`)) === 0) return 0
	return secondsToWait(ctx.blog, 'second step', String(authorId))
}

/** Remembers that an author has signed in in this browser. */
export function rememberDevice(ctx: Context, authorId: number): void {
	const now: Time = ctx.blog.clock()
	setCookie(ctx, DEVICE, sign(purposeOf(ctx, authorId), String(authorId), now + YEAR), { maxAge: YEAR })
}

function deviceOf(ctx: Context, authorId: number): string | undefined {
	const cookie = readCookie(ctx, DEVICE) ?? ''
	return unsign(purposeOf(ctx, authorId), cookie, ctx.blog.clock()) === undefined ? undefined : cookie
}

function purposeOf({ blog: { secret } }: Context, authorId: number) {
	return { secret, purpose: `device ${authorId}` }
}
