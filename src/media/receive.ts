import { rm } from 'node:fs/promises'
import { HttpError } from '../errors.ts'
import type { Blog, Context } from '../web/context.ts'
import { type Bounds, readMultipart } from '../web/multipart.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { mediaMarkdown, mediaPath } from './paths.ts'
import type { Media } from './queries.ts'
import { type Reason, UploadRefused } from './refused.ts'
import { MOST_FILE_BYTES, storeUpload, workingFolder } from './store.ts'

/** What one request may bring. */
export const UPLOAD_BOUNDS: Bounds = { body: 250_000_000, file: MOST_FILE_BYTES, files: 20 }

/** What became of one file of a request. */
export type Outcome = { name: string; media: Media } | { name: string; reason: Reason }

/**
 * Stores the files of a multipart request, each by itself; nothing else of them stays on the disk.
 * @throws HttpError 429, 415, 413, 400
 */
export async function receiveUploads(ctx: Context, authorId: number | null): Promise<Outcome[]> {
	await limitUploads(ctx, authorId)
	const folder = await workingFolder(ctx.blog)
	try {
		const { files } = await readMultipart(ctx, folder, UPLOAD_BOUNDS)
		const outcomes: Outcome[] = []
		for (const { file, name, isTooLarge } of files) {
			outcomes.push(isTooLarge ? { name, reason: 'large' } : await store(ctx.blog, { file, name, authorId }))
		}
		return outcomes
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

/** Counts a request that brings files. @throws HttpError 429 */
export async function limitUploads({ blog, ip }: Context, authorId: number | null): Promise<void> {
	const wait = (await secondsToWait(blog, 'upload from', ip)) || (await secondsToWait(blog, 'upload', String(authorId)))
	// None of it is read.
	if (wait > 0) throw new HttpError(429, { 'Retry-After': String(wait), Connection: 'close' })
}

async function store(
	blog: Blog,
	{ file, name, authorId }: { file: string; name: string; authorId: number | null },
): Promise<Outcome> {
	try {
		return { name, media: await storeUpload(blog, { content: { file }, name, authorId }) }
	} catch (error) {
		if (error instanceof UploadRefused) return { name, reason: error.reason }
		throw error
	}
}

/** A stored file as programs are told of it. */
export interface MediaFacts {
	id: number
	/** `/media/…` */
	url: string
	/** What shows it in a text. */
	markdown: string
	name: string
	mime: string
	width: number | null
	height: number | null
}

/** The facts of a stored file. */
export function mediaFacts(media: Media): MediaFacts {
	const { id, name, mime, width, height } = media
	return { id, url: mediaPath(media.path), markdown: mediaMarkdown(media), name, mime, width, height }
}
