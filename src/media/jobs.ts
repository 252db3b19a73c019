import { bumpPosts } from '../db/versions.ts'
import type { Handler } from '../jobs/attempt.ts'
import { Discard } from '../jobs/job.ts'
import { enqueue } from '../jobs/queries.ts'
import { StorageDown } from '../storage/storage.ts'
import type { Blog } from '../web/context.ts'
import { makeVersions } from './picture.ts'
import { findMedia, isKept, setWidths } from './queries.ts'
import { enqueueDressing, listCovered, listReadyUses } from './use-queries.ts'
import { versionsOf, widthsFor } from './versions.ts'

/** Milliseconds: a text that was being stored meanwhile is there by then. */
const SOON = 1_000

/** The jobs of uploads, by kind. */
export function mediaHandlers(blog: Pick<Blog, 'db' | 'storage' | 'clock' | 'log'>): Record<string, Handler> {
	return {
		'picture-sizes': ({ media }: { media: number }) => makeSizes(blog, media),
		'picture-uses': ({ media }: { media: number }) => dressUses(blog, media),
		'media-remove': (media: { path: string; width: number | null }) => removeFiles(blog, media),
	}
}

/** Makes the smaller versions of a picture; then the texts that show it get to know them. */
async function makeSizes({ db, storage, clock, log }: Parameters<typeof mediaHandlers>[0], id: number): Promise<void> {
	const media = await findMedia(db, id)
	if (!media || media.widths !== null || media.width === null) throw new Discard('nothing to make')
	const content = await storage.read(media.path)
	if (!content) throw new Discard('the picture is gone')
	const { path, width } = media
	const made = await makeVersions(content, { path, width }, (key, version) => storage.put(key, version)).catch(
		(error) => {
			if (error instanceof StorageDown) throw error
			log.warn({ err: error, media: id }, 'a picture can’t be made smaller')
			return []
		},
	)
	const isThere = await db.transaction().execute(async (trx) => {
		if (!(await setWidths(trx, id, made))) return false
		await enqueue(trx, 'picture-uses', { media: id }, { runAt: clock() + SOON })
		return true
	})
	// It was deleted meanwhile.
	if (!isThere) await removeFiles({ db, storage }, { path, width })
}

async function dressUses({ db }: Pick<Blog, 'db'>, id: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		for (const translation of await listReadyUses(trx, id)) await enqueueDressing(trx, translation)
		const covered = await listCovered(trx, id)
		const ids = covered.map(({ post_id }) => post_id)
		if (covered.length > 0) await bumpPosts(trx, [...new Set(covered.map(({ locale }) => locale))], [...new Set(ids)])
	})
}

/** Removes what is kept of a deleted upload, unless it was uploaded again meanwhile. */
async function removeFiles(
	{ db, storage }: Pick<Blog, 'db' | 'storage'>,
	{ path, width }: { path: string; width: number | null },
): Promise<void> {
	if (await isKept(db, path)) throw new Discard('it is kept again')
	const versions = width === null ? [] : versionsOf({ path, width }, widthsFor(width))
	for (const key of [path, ...versions.map((version) => version.path)]) await storage.remove(key)
}
