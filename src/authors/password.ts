import { hash, verify } from '@node-rs/argon2'
import { isCommon } from './common.ts'

/** Argon2id as OWASP recommends it; the library works in threads of its own. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const SHORTEST_PASSWORD = 10

/** What prints a link by which somebody chooses a password, before their address. */
export const PASSWORD_COMMAND = 'npm run otklik -- author password'
const LONGEST = 1000
/** So much of a password must come from elsewhere than its owner's name and addresses. */
const LEAST_OF_ONES_OWN = 6

/** What is wrong with a new password: a key of the catalog's `admin.password`. */
export type PasswordProblem = 'short' | 'long' | 'personal' | 'same' | 'common'

/** Tells why a password isn't taken; undefined when it is. `known` is what others know of its owner. */
export function passwordProblem(password: string, known: string[]): PasswordProblem | undefined {
	const characters = [...password.slice(0, LONGEST + 1)]
	if (characters.length < SHORTEST_PASSWORD) return 'short'
	if (characters.length > LONGEST) return 'long'
	if (new Set(characters).size < 3) return 'same'
	if (isPersonal(password, known)) return 'personal'
	return isCommon(password) ? 'common' : undefined
}

/** Whether little is left of a password without what others know of its owner. */
function isPersonal(password: string, known: string[]): boolean {
	const parts = known.flatMap((text) => [text, ...text.split(/[\s@.]+/)]).map((text) => text.toLowerCase())
	const longestFirst = parts.filter((part) => part.length >= 4).sort((a, b) => b.length - a.length)
	const rest = longestFirst.reduce((text, part) => text.replaceAll(part, ''), password.toLowerCase())
	return rest.length < LEAST_OF_ONES_OWN && rest.length < password.length
}

/** The hash of a password, to be stored. */
export function hashPassword(password: string): Promise<string> {
	return hash(password.normalize('NFKC'), COST)
}

let nobody: Promise<string> | undefined

/** Compares a password with a stored hash; without one it takes as long, and the answer is no. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
	nobody ??= hashPassword('nobody has this one')
	const isRight = await verify(stored ?? (await nobody), password.slice(0, LONGEST).normalize('NFKC')).catch(
		() => false,
	)
	return isRight && Boolean(stored)
}
