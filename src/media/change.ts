import { audit } from '../authors/audit-queries.ts'
import type { Db, Time } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { enqueue } from '../jobs/queries.ts'
import { deleteMedia, listTexts, listUses, putText, renameMedia } from './admin-queries.ts'
import type { Media } from './queries.ts'
import { named } from './store.ts'
import { enqueueDressing } from './use-queries.ts'

/** Who changes something, and when. */
export interface Changing {
	db: Db
	authorId: number
	now: Time
}

/** Where authors find an upload, below `/admin/`. */
export function subjectOf(id: number): string {
	return `media/${id}/`
}

/** Renames an upload and says what it shows, by language; texts that show it without words of their own follow. */
export async function changeMedia(
	{ db, authorId, now }: Changing,
	media: Media,
	{ name, alts }: { name: string; alts: Map<string, string> },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await renameMedia(trx, media.id, named(name))
		const known = new Map((await listTexts(trx, media.id)).map(({ locale, alt }) => [locale, alt]))
		const changed = [...alts].filter(([locale, alt]) => alt !== (known.get(locale) ?? ''))
		for (const [locale, alt] of changed) await putText(trx, media.id, locale, alt)
		const languages = new Set(changed.map(([locale]) => locale))
		for (const { id, locale, used } of await listUses(trx, media.id)) {
			if (used && languages.has(locale)) await enqueueDressing(trx, id)
		}
		await audit(trx, { authorId, action: 'media-changed', subject: subjectOf(media.id), name, now })
	})
}

/** Deletes an upload; its files are removed by a job. */
export async function removeMedia({ db, authorId, now }: Changing, { id, name, path, width }: Media): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const uses = await listUses(trx, id)
		await deleteMedia(trx, id)
		await enqueue(trx, 'media-remove', { path, width })
		for (const use of uses) if (use.used) await enqueueDressing(trx, use.id)
		await audit(trx, { authorId, action: 'media-deleted', subject: subjectOf(id), name, now })
		const posts = uses.map(({ post_id }) => post_id)
		if (uses.length > 0) await bumpPosts(trx, [...new Set(uses.map(({ locale }) => locale))], [...new Set(posts)])
	})
}
