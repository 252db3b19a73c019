import { createHash } from 'node:crypto'
import { readComments } from '../comments/queries.ts'
import { bumpListings } from '../comments/thread-queries.ts'
import type { Comment, Trx } from '../db/schema.ts'
import { Discard } from '../jobs/job.ts'
import { enqueue } from '../jobs/queries.ts'
import { FetchError } from '../net/fetch.ts'
import type { Blog } from '../web/context.ts'
import { listPhotos, updateResponse } from './queries.ts'

/** The kind of job that fetches the picture of who mentions a post. */
export const PHOTO = 'mention.photo'
/** Pixels: twice what is shown. */
const SIDE = 96
const MOST_PIXELS = 16_000_000
const FOLDER = 'mentions'
const TYPES = /^image\/(jpeg|png|gif|webp|avif)$/

/** Writes the job that fetches a writer's picture, in the transaction that shows the response; `wake()` after. */
export async function wantPhoto(
	trx: Trx,
	{ id, status, photo }: Pick<Comment, 'id' | 'status' | 'photo'>,
): Promise<void> {
	if (status === 'approved' && /^https?:/.test(photo)) await enqueue(trx, PHOTO, { id }, { key: String(id) })
}

/** Fetches the picture of a shown response and keeps it small; one that can't be had is done without. */
export async function fetchPhoto(
	blog: Pick<Blog, 'db' | 'fetch' | 'storage'>,
	{ id }: { id: number },
	signal: AbortSignal,
): Promise<void> {
	const { db, storage } = blog
	const [response] = await readComments(db, [id])
	if (response?.status !== 'approved' || !/^https?:/.test(response.photo)) throw new Discard('no picture is wanted')
	const picture = await pictureAt(blog, response.photo, signal)
	const key = picture && `${FOLDER}/${createHash('sha256').update(picture).digest('hex').slice(0, 32)}.jpg`
	if (key) await storage.put(key, picture)
	await db.transaction().execute(async (trx) => {
		await updateResponse(trx, id, { photo: key ?? '' })
		await bumpListings(trx, [response.post_id])
	})
}

/** Removes pictures that no response shows. */
export async function cleanPhotos({ db, storage }: Pick<Blog, 'db' | 'storage'>): Promise<void> {
	const used = new Set(await listPhotos(db))
	for (const key of await storage.list(FOLDER)) if (!used.has(key)) await storage.remove(key)
}

async function pictureAt(blog: Pick<Blog, 'fetch'>, url: string, signal: AbortSignal): Promise<Buffer | undefined> {
	try {
		const { status, body } = await blog.fetch(url, { types: TYPES, purpose: 'showing who mentions a post', signal })
		return status === 200 ? await small(body) : undefined
	} catch (error) {
		if (error instanceof FetchError) return undefined
		throw error
	}
}

/** Made anew, so that nothing else travels in it; nothing when it is none of the kinds that browsers show. */
async function small(body: Buffer): Promise<Buffer | undefined> {
	// Only a blog that is mentioned needs them.
	const [{ fileTypeFromBuffer }, { default: sharp }] = await Promise.all([import('file-type'), import('sharp')])
	if (!TYPES.test((await fileTypeFromBuffer(body))?.mime ?? '')) return undefined
	const picture = sharp(body, { limitInputPixels: MOST_PIXELS }).autoOrient().resize(SIDE, SIDE)
	return picture
		.flatten({ background: '#fff' })
		.jpeg()
		.toBuffer()
		.catch(() => undefined)
}
