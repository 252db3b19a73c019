import { bumpPosts } from '../../db/versions.ts'
import { enqueueDressing, keepUses } from '../../media/use-queries.ts'
import type { ImportContext } from './context.ts'
import type { PlannedPost } from './plan.ts'
import { readTextsOf, setCover, updateTexts } from './queries.ts'
import { said } from './said.ts'

/** Leads links of posts that an earlier run took to the files that could not be had then. */
export async function relink(context: ImportContext, plans: PlannedPost[]): Promise<void> {
	const { db, uploads, languages, tally } = context
	const covers = new Map(plans.map(({ id, row }) => [id!, row.cover_id ?? null]))
	for (const { id, post_id, revision, title, ...texts } of await readTextsOf(db, [...covers.keys()])) {
		const linked = {
			source: await uploads.rewrite(texts.source),
			manual_excerpt: await uploads.rewrite(texts.manual_excerpt),
			html: await uploads.rewrite(texts.html),
			excerpt: await uploads.rewrite(texts.excerpt),
		}
		const cover = covers.get(post_id)
		const isSame = linked.source === texts.source && linked.manual_excerpt === texts.manual_excerpt
		if (isSame && !cover) continue
		await db.transaction().execute(async (trx) => {
			const isCovered = Boolean(cover) && (await setCover(trx, post_id, cover!))
			const isLinked = !isSame && (await updateTexts(trx, { id, revision }, linked))
			if (isLinked) {
				await keepUses(trx, id, linked.html)
				await enqueueDressing(trx, id)
				tally.note(said('importer.change.files'), title)
			}
			if (isLinked || isCovered) await bumpPosts(trx, languages, [post_id])
		})
	}
}
