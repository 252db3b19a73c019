import { randomInt } from 'node:crypto'
import { tokenHash } from './token.ts'

/** Letters and digits that nobody takes for one another. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const CODES = 10
const GROUP = 4

/** A secret for people to copy: groups of four signs, some 5 bits each. */
export function newCode(groups: number): string {
	const sign = () => SIGNS[randomInt(SIGNS.length)]
	return Array.from({ length: groups }, () => Array.from({ length: GROUP }, sign).join('')).join('-')
}

/** Ten codes that stand in for the second factor. */
export function newRecoveryCodes(): string[] {
	return Array.from({ length: CODES }, () => newCode(4))
}

/** What is stored of a code; spaces, dashes and case don't count. */
export function codeHash(code: string): string {
	return tokenHash(code.replace(/[\s-]+/g, '').toLowerCase())
}
