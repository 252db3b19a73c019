import { claimOnce } from '../settings/queries.ts'
import type { Blog } from '../web/context.ts'
import { isEmpty } from './queries.ts'

/** Gives a blog without posts its first one, in each of its languages; of several processes one does it. */
export async function welcome({ db, config, catalog, clock }: Blog): Promise<void> {
	if (!(await isEmpty(db))) return
	const drafts = config.languages.map((locale) => {
		const t = catalog.translator(locale)
		return { locale, title: t('welcome.title'), slug: t('welcome.slug'), source: t('welcome.text') }
	})
	const { renderDrafts, storePost } = await import('./save.ts')
	const rendered = await renderDrafts(db, drafts)
	await db.transaction().execute(async (trx) => {
		if (!(await claimOnce(trx, 'welcomed')) || !(await isEmpty(trx))) return
		await storePost(trx, { timezone: config.timezone, now: clock() }, {}, rendered)
	})
}
