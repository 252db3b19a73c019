import type { MentionType, Time } from '../../db/schema.ts'
import type { WxrMeta } from './types.ts'

/** What an export of Otklik says of a text beside what WordPress has a place for. */
export interface OwnText {
	title: string
	format: 'markdown' | 'html'
	source: string
	created_at: Time
	published_at: Time | null
	modified_at: Time
	year: number | null
	month: number | null
	revision: number
	major_revision: number
	source_locale: string | null
	source_revision: number | null
}

/** The same of a response. */
export interface OwnResponse {
	name: string
	locale: string
	format: 'markdown' | 'html' | 'text'
	source: string
	created_at: Time
	mention: MentionType
	title: string
	author_url: string
}

type Check = (value: unknown) => boolean

const KEY = '_otklik'
const LATEST = 8.64e15
const MENTIONS = ['reply', 'like', 'repost', 'bookmark', 'translation', 'mention', '']

const isText: Check = (value) => typeof value === 'string'
const isCode: Check = (value) => typeof value === 'string' && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(value)
const isTime: Check = (value) => Number.isSafeInteger(value) && Math.abs(value as number) <= LATEST
const isNumber = (least: number, most: number): Check => {
	return (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value)
const oneOf =
	(...values: unknown[]): Check =>
	(value) =>
		values.includes(value)

const TEXT: Record<keyof OwnText, Check> = {
	title: isText,
	format: oneOf('markdown', 'html'),
	source: isText,
	created_at: isTime,
	published_at: orNull(isTime),
	modified_at: isTime,
	year: orNull(isNumber(1, 9999)),
	month: orNull(isNumber(1, 12)),
	revision: isNumber(1, 2 ** 31 - 1),
	major_revision: isNumber(1, 2 ** 31 - 1),
	source_locale: orNull(isCode),
	source_revision: orNull(isNumber(1, 2 ** 31 - 1)),
}

const RESPONSE: Record<keyof OwnResponse, Check> = {
	name: isText,
	locale: isCode,
	format: oneOf('markdown', 'html', 'text'),
	source: isText,
	created_at: isTime,
	mention: oneOf(...MENTIONS),
	title: isText,
	author_url: isText,
}

/** What Otklik itself has written beside a text; nothing when another program made the file. */
export function ownText(meta: WxrMeta[]): OwnText | undefined {
	return read(meta, TEXT)
}

/** What Otklik itself has written beside a response. */
export function ownResponse(meta: WxrMeta[]): OwnResponse | undefined {
	return read(meta, RESPONSE)
}

/** The slug that a term had in its language, when another language's term has it in the file. */
export function ownSlug(meta: WxrMeta[]): string | undefined {
	return meta.find(({ key }) => key === '_otklik_slug')?.value
}

/** Anybody may have written the file: what isn't whole is passed over. */
function read<Own extends object>(meta: WxrMeta[], checks: Record<keyof Own, Check>): Own | undefined {
	const written = meta.find(({ key }) => key === KEY)?.value
	try {
		const own = Object(JSON.parse(written ?? 'null'))
		const isWhole = Object.entries<Check>(checks).every(([name, check]) => check(own[name]))
		return isWhole ? own : undefined
	} catch {}
}
