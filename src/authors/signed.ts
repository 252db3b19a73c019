import { createHmac, randomBytes } from 'node:crypto'
import type { Time } from '../db/schema.ts'
import { isSame } from '../posts/unlock.ts'

/** What a text that we gave out and get back is for; one for another purpose is worth nothing. */
export interface Purpose {
	/** The blog's secret. */
	secret: string
	/** With all that must still be as it was, such as the hash of a password. */
	purpose: string
}

/** A text that proves, until `expires`, that we gave it out: `VALUE.EXPIRES.NONCE.PROOF`; the value has no dots. */
export function sign(purpose: Purpose, value: string, expires: Time): string {
	const told = `${value}.${expires.toString(36)}.${randomBytes(16).toString('base64url')}`
	return `${told}.${proof(purpose, told)}`
}

/** The value of such a text, while it is good. */
export function unsign(purpose: Purpose, signed: string, now: Time): string | undefined {
	const [, told = '', value, expires = ''] = /^(([\w-]*)\.([\da-z]+)\.[\w-]+)\.[\w-]+$/.exec(signed) ?? []
	const isOurs = isSame(signed, `${told}.${proof(purpose, told)}`)
	return isOurs && Number.parseInt(expires, 36) > now ? value : undefined
}

function proof({ secret, purpose }: Purpose, told: string): string {
	return createHmac('sha256', secret).update(`${purpose} ${told}`).digest('base64url')
}
