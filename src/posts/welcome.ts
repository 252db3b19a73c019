import type { Blog } from '../web/context.ts'
import { isEmpty } from './queries.ts'
import { createPost } from './save.ts'

/** Gives a blog without posts its first one, in each of its languages. */
export async function welcome({ db, config, catalog, clock }: Blog): Promise<void> {
	if (!(await isEmpty(db))) return
	const drafts = config.languages.map((locale) => {
		const t = catalog.translator(locale)
		return { locale, title: t('welcome.title'), slug: t('welcome.slug'), source: t('welcome.text') }
	})
	await createPost({ db, timezone: config.timezone, now: clock() }, {}, drafts)
}
