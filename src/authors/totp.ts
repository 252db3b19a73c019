import { Secret, TOTP } from 'otpauth'
import type { Time } from '../db/schema.ts'

const PERIOD = 30
/** Clocks of telephones are wrong by half a minute. */
const WINDOW = 1

/** A new secret of 160 bits for an authenticator, in base32. */
export function newTotpSecret(): string {
	return new Secret({ size: 20 }).base32
}

/** Whether a text is a secret as `newTotpSecret` gives it. */
export function isTotpSecret(text: string): boolean {
	return /^[A-Z2-7]{32}$/.test(text)
}

/** `otpauth://totp/…`: what the picture says to an authenticator. */
export function totpUrl(secret: string, { site, email }: { site: string; email: string }): string {
	// A colon parts the issuer from the account.
	const plain = (text: string) => text.replaceAll(':', ' ')
	return new TOTP({ issuer: plain(site), label: plain(email), secret: Secret.fromBase32(secret) }).toString()
}

/** The half-minute whose code this is (RFC 6238), now or one off; undefined when it is none. */
export function stepOf(secret: string, code: string, now: Time): number | undefined {
	const token = code.replace(/[\s-]+/g, '')
	if (!/^\d{6}$/.test(token)) return undefined
	const delta = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD }).validate({
		token,
		timestamp: now,
		window: WINDOW,
	})
	return delta === null ? undefined : Math.floor(now / 1000 / PERIOD) + delta
}
