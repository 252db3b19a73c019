import type { Db, Trx } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'
import { Discard, Retry } from '../jobs/job.ts'
import { renderAgain } from './save.ts'
import { findTranslation, replaceHtml } from './writing-queries.ts'

const PAUSE = 1_000

/** The job that renders a text again when what is known of its pictures has changed; to authors it is the same text. */
export async function dressPost({ db }: { db: Db }, { translation: id }: { translation: number }): Promise<void> {
	const before = await findTranslation(db as Trx, id)
	if (!before) throw new Discard('the text is gone')
	const { html, excerpt } = await renderAgain(db, before)
	if (html === before.html && excerpt === before.excerpt) return
	const isStored = await db.transaction().execute(async (trx) => {
		if (!(await replaceHtml(trx, before, { html, excerpt }))) return false
		await bumpPosts(trx, [before.locale], [before.post_id])
		return true
	})
	if (!isStored) throw new Retry(PAUSE, 'the text was saved meanwhile')
}
