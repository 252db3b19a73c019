import { readFileSync } from 'node:fs'

/** What runs along a keyboard or an alphabet. */
const ROWS = ["qwertyuiop[]asdfghjkl;'zxcvbnm,./", 'abcdefghijklmnopqrstuvwxyz', '01234567890', '1q2w3e4r5t6y7u8i9o0p']
const LETTERS = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const LEET: Record<string, string> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
	'!': 'i',
}
/** More than this around a known word is more than a decoration. */
const DECORATION = 6

let known: Set<string> | undefined

/**
 * Whether a password is one that guessers try first: among 20,000 common ones, or such a word with a few digits or
 * signs around it, twice, backwards, with digits for letters, or typed on the other layout; or a run of keys.
 */
export function isCommon(password: string): boolean {
	const folded = password.normalize('NFKC').toLowerCase()
	const typed = onKeys(folded)
	return [folded, typed].some((text) => isRun(text) || formsOf(text).some((form) => isListed(form)))
}

/** The same keys on the Latin layout: «пароль» is `gfhjkm`. */
function onKeys(text: string): string {
	return text.replace(/[а-яё]/g, (letter) => KEYS[LETTERS.indexOf(letter)]!)
}

function isRun(text: string): boolean {
	const half = halfOf(text)
	return ROWS.some((row) => {
		const there = row.repeat(Math.ceil(half.length / row.length) + 1)
		return there.includes(half) || there.includes(reversed(half))
	})
}

function formsOf(text: string): string[] {
	const words = [text, coreOf(text)]
	const spelled = words.map((word) => word.replace(/[0-9@$!]/g, (sign) => LEET[sign] ?? sign))
	return [...words, ...spelled].flatMap((form) => [form, reversed(form), halfOf(form)])
}

/** The word inside digits and signs, when they are few. */
function coreOf(text: string): string {
	const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
	return core.length >= 4 && text.length - core.length <= DECORATION ? core : text
}

/** What is repeated, when the whole is. */
function halfOf(text: string): string {
	return /^(.+?)\1+$/su.exec(text.slice(0, 100))?.[1] ?? text
}

function reversed(text: string): string {
	return [...text].reverse().join('')
}

function isListed(text: string): boolean {
	known ??= new Set(readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8').split('\n'))
	return text !== '' && known.has(text)
}
