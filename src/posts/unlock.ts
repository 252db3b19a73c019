import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a reader who knew the password of a translation brings back in a cookie; a new password ends it. */
export function unlockKey(secret: string, translation: { id: number; password: string | null }): string {
	return createHmac('sha256', secret).update(`unlock ${translation.id} ${translation.password}`).digest('base64url')
}

/** The name of that cookie. */
export function unlockCookie({ id }: { id: number }): string {
	return `unlock-${id}`
}

/** Compares texts in a time that doesn't tell where they differ. */
export function isSame(a: string, b: string): boolean {
	const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
	return timingSafeEqual(digest(a), digest(b))
}
