import { createHmac } from 'node:crypto'
import { isSame } from '../posts/unlock.ts'

/** The cookie in which a writer's browser keeps the numbers of comments that wait for the author. */
export const HELD_COOKIE = 'held'

const MOST = 20

/** The value of that cookie: numbers and what proves that we gave them; the newest are kept. */
export function signHeld(secret: string, ids: number[]): string {
	const list = [...new Set(ids)].slice(-MOST).join('.')
	return `${list}-${signature(secret, list)}`
}

/** The numbers in the cookie; none when it isn't ours. */
export function readHeld(secret: string, cookie: string | undefined): number[] {
	const [list = '', proof = ''] = (cookie ?? '').split('-', 2)
	if (!/^\d{1,15}(\.\d{1,15})*$/.test(list) || !isSame(proof, signature(secret, list))) return []
	return list.split('.').map(Number)
}

function signature(secret: string, list: string): string {
	return createHmac('sha256', secret).update(`held ${list}`).digest('hex')
}
