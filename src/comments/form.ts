import { tame } from '../markdown/tame.ts'
import { foldAddress } from '../net/address.ts'
import type { CommentPolicy } from './policy.ts'

/** What a reader sent, as it was typed. */
export interface CommentInput {
	name: string
	email: string
	url: string
	text: string
	/** The number of the response replied to, or ''. */
	parent: string
	/** The hidden field: empty when a person wrote. */
	trap: string
	remember: boolean
	notify: boolean
}

/** Characters that a field may have. */
export const LIMITS = { name: 80, email: 254, url: 500, text: 10_000 } as const

type Field = keyof typeof LIMITS | 'parent'

/** What is wrong with a field: a key of the catalog's `form` and what it needs. */
export interface FieldError {
	field: Field
	error: 'missing' | 'tooLong' | 'notEmail' | 'notUrl' | 'notParent'
	limit?: number
}

/** Reads the form; what a client may not set has no field here. */
export function readInput(form: URLSearchParams): CommentInput {
	const line = (name: string) => clean(form.get(name)).replace(/\s+/g, ' ').trim()
	return {
		name: tame(line('name')),
		email: foldAddress(line('email')),
		url: withScheme(line('url')),
		text: clean(form.get('text')).replace(/\r\n?/g, '\n').trim(),
		parent: line('parent'),
		trap: clean(form.get('subject')),
		remember: form.has('remember'),
		notify: form.has('notify'),
	}
}

/** Everything that is wrong, field by field; lengths count characters as people do, not bytes. */
export function checkInput(input: CommentInput, { requireEmail }: Pick<CommentPolicy, 'requireEmail'>): FieldError[] {
	const errors: FieldError[] = []
	const fail = (field: Field, error: FieldError['error'], limit?: number) => errors.push({ field, error, limit })
	for (const field of ['name', 'email', 'url', 'text'] as const) {
		const needed = field === 'name' || field === 'text' || (field === 'email' && requireEmail)
		if (needed && !VISIBLE.test(input[field])) fail(field, 'missing')
		else if (length(field, input[field]) > LIMITS[field]) fail(field, 'tooLong', LIMITS[field])
	}
	const failed = new Set(errors.map(({ field }) => field))
	if (input.email && !failed.has('email') && !isEmail(input.email)) fail('email', 'notEmail')
	if (input.url && !failed.has('url') && !isWebAddress(input.url)) fail('url', 'notUrl')
	if (!/^\d{0,15}$/.test(input.parent)) fail('parent', 'notParent')
	return errors
}

// NUL can't be stored; other control characters have no look.
function clean(value: string | null): string {
	return (value ?? '').toWellFormed().replace(/(?![\t\n\r])\p{Cc}/gu, '')
}

/** What a reader would see: neither spaces nor what only joins or turns others. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** The longest character that people use, a family of four, takes 25 bytes; one may be made of any number of them. */
const BYTES_OF_CHARACTER = 25

/** Mail counts bytes (RFC 5321); an index of names and addresses holds no long ones. */
function length(field: keyof typeof LIMITS, text: string): number {
	const bytes = Buffer.byteLength(text)
	if (field === 'email') return bytes
	// No character is shorter than one unit.
	if (text.length <= LIMITS[field]) return text.length
	const characters = [...new Intl.Segmenter().segment(text)].length
	return Math.max(characters, Math.ceil(bytes / BYTES_OF_CHARACTER))
}

/** A name with a dot before the colon is a host with its port. */
function withScheme(url: string): string {
	return url === '' || /^[a-z][a-z\d+-]*:/i.test(url) ? url : `https://${url}`
}

/** RFC 5321's shape without its rarities: one @, no spaces, a host with a dot. */
function isEmail(text: string): boolean {
	return /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]+$/u.test(text)
}

function isWebAddress(text: string): boolean {
	const url = URL.parse(text)
	return url !== null && /^https?:$/.test(url.protocol) && !url.username && url.hostname.includes('.')
}
