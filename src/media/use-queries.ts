import type { Trx } from '../db/schema.ts'
import { enqueue } from '../jobs/queries.ts'
import { decodePercent } from '../markdown/percent.ts'
import { mediaPath } from './paths.ts'
import { readWidths } from './versions.ts'

/** The job that renders a text again, since a picture of it has changed; `posts/` does it. */
export const DRESS = 'dress-post'

/** Remembers which uploads a text shows or links, in the transaction that stores it; posts that are covered are told by themselves. */
export async function keepUses(trx: Trx, translationId: number, html: string): Promise<void> {
	await trx.deleteFrom('media_uses').where('translation_id', '=', translationId).execute()
	const paths = pathsIn(html)
	if (paths.length === 0) return
	const shown = await trx.selectFrom('media').select(['id', 'path', 'widths']).where('path', 'in', paths).execute()
	if (shown.length === 0) return
	await trx
		.insertInto('media_uses')
		.values(shown.map(({ id }) => ({ media_id: id, translation_id: translationId })))
		.execute()
	// They were made after the text was rendered and before it was stored.
	const isBehind = shown.some(({ path, widths }) => {
		const [least] = readWidths(widths)
		return least !== undefined && !html.includes(mediaPath(path).replace(/[^.]*$/, `${least}w.`))
	})
	if (isBehind) await enqueueDressing(trx, translationId)
}

/** Renders a text again, soon; several wishes are one. */
export async function enqueueDressing(trx: Trx, translationId: number): Promise<void> {
	await enqueue(trx, DRESS, { translation: translationId }, { key: String(translationId) })
}

/** The texts that show an upload and wait for no other picture's smaller versions. */
export async function listReadyUses(trx: Trx, mediaId: number): Promise<number[]> {
	const rows = await trx
		.selectFrom('media_uses as u')
		.select('u.translation_id')
		.where('u.media_id', '=', mediaId)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('media_uses as o')
						.innerJoin('media as m', 'm.id', 'o.media_id')
						.select('m.id')
						.whereRef('o.translation_id', '=', 'u.translation_id')
						.where('m.widths', 'is', null),
				),
			),
		)
		.execute()
	return rows.map((row) => row.translation_id)
}

/** The texts of the posts that have an upload for their cover. */
export async function listCovered(trx: Trx, mediaId: number) {
	return trx
		.selectFrom('posts as p')
		.innerJoin('translations as t', 't.post_id', 'p.id')
		.select(['t.post_id', 't.locale'])
		.where('p.cover_id', '=', mediaId)
		.execute()
}

const MOST = 500

/** Storage paths that the attributes of HTML name. */
function pathsIn(html: string): string[] {
	if (!html.includes('/media/')) return []
	const addresses = [...html.matchAll(/ (?:src|href|poster)="[^"]*?\/media\/([^"?#]+)/g)]
	return [...new Set(addresses.map(([, path]) => decodePercent(path!.replaceAll('&amp;', '&')) ?? path!))].slice(
		0,
		MOST,
	)
}
