import { hash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Context } from 'koa'
import { parseHttpDate } from './http-date.ts'

/** What an answer may be checked by. */
export interface Validators {
	/** With its quotes, and `W/` when weak. */
	etag?: string
	/** Milliseconds; HTTP knows whole seconds. */
	lastModified?: number
}

/** A weak entity tag of a body: weak, because the same tag serves its compressed forms. */
export function entityTag(body: string | Buffer): string {
	return `W/"${hash('sha1', body, 'base64url')}"`
}

/**
 * What a GET or HEAD that would be answered 200 is to be answered by its preconditions (RFC 9110, 13.2.2).
 * A malformed condition counts as absent. `now` is in milliseconds.
 */
export function preconditions(headers: IncomingHttpHeaders, found: Validators, now: number): 200 | 304 | 412 {
	return failsMatch(headers, found, now) ? 412 : isUnchanged(headers, found, now) ? 304 : 200
}

/**
 * Answers with a body, or with 304 or 412 when the request's preconditions say so. The validators are sent with
 * each of them; the tag is made from the body unless it is given.
 */
export function respond(ctx: Context, type: string, text: string | Buffer, found: Validators, now: number): void {
	// Its bytes are wanted for the tag and for the answer: they are made once.
	const body = typeof text === 'string' ? Buffer.from(text) : text
	const etag = found.etag ?? entityTag(body)
	// RFC 9110, 8.8.2.1: never later than the time of the answer.
	const lastModified = found.lastModified === undefined ? undefined : Math.min(found.lastModified, now)
	ctx.set('ETag', etag)
	// Kept by anybody, shown by nobody without a question: otherwise browsers guess for how long it is good.
	if (!ctx.response.get('Cache-Control')) ctx.set('Cache-Control', 'no-cache')
	if (lastModified !== undefined) ctx.set('Last-Modified', new Date(lastModified).toUTCString())
	ctx.state.represented = { type, body, etag, lastModified }
	ctx.status = preconditions(ctx.headers, { etag, lastModified }, now)
	if (ctx.status !== 200) return
	ctx.type = type
	ctx.body = body
}

function failsMatch(headers: IncomingHttpHeaders, { etag, lastModified }: Validators, now: number): boolean {
	const match = headers['if-match']
	if (match !== undefined) return match.trim() !== '*' && !entityTags(match).some((tag) => isSameStrongly(tag, etag))
	const since = parseHttpDate(headers['if-unmodified-since'], now)
	return since !== null && lastModified !== undefined && seconds(lastModified) > seconds(since)
}

function isUnchanged(headers: IncomingHttpHeaders, { etag, lastModified }: Validators, now: number): boolean {
	const noneMatch = headers['if-none-match']
	if (noneMatch !== undefined) {
		return noneMatch.trim() === '*' || entityTags(noneMatch).some((tag) => isSame(tag, etag))
	}
	const since = parseHttpDate(headers['if-modified-since'], now)
	return since !== null && lastModified !== undefined && seconds(lastModified) <= seconds(since)
}

/** The entity tags of a list (RFC 9110, 8.8.3), up to the first thing that is none; a tag may hold commas. */
function entityTags(list: string): string[] {
	const pattern = /[\t ,]*((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[\t ]*(?=,|$)/y
	const tags: string[] = []
	for (let match = pattern.exec(list); match; match = pattern.exec(list)) tags.push(match[1]!)
	return tags
}

function isSame(a: string, b: string | undefined): boolean {
	return b !== undefined && a.replace(/^W\//, '') === b.replace(/^W\//, '')
}

function isSameStrongly(a: string, b: string | undefined): boolean {
	return a === b && !a.startsWith('W/')
}

function seconds(time: number): number {
	return Math.floor(time / 1000)
}
