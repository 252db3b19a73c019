import { threadPath } from '../comments/paths.ts'
import { countBefore } from '../comments/thread-queries.ts'
import { permalink } from '../posts/permalink.ts'
import { isVisible } from '../posts/post.ts'
import { titleOf } from '../posts/title.ts'
import type { Settings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { listTranslations, type Response } from './queries.ts'

/** What of a blog letters are written with. */
export type Office = Pick<Blog, 'db' | 'config' | 'catalog' | 'clock'>

/** The post under which something was said: its title, and its path when readers see it; in this language if it can. */
export async function postIn({ db, config, clock }: Office, postId: number, locale: string) {
	const translations = await listTranslations(db, postId)
	const visible = translations.filter((row) => config.languages.includes(row.locale) && isVisible(row, clock()))
	const best = (rows: typeof translations) => rows.find((row) => row.locale === locale) ?? rows[0]
	const shown = best(visible)
	const named = shown ?? best(translations)
	return { title: named ? titleOf(named, config.timezone) : '', path: shown && permalink(shown) }
}

/** Where an approved response is read: the page of its conversation on which it stands now. */
export async function responseUrl({ db, config }: Office, { comments }: Settings, response: Response, path: string) {
	const thread = { postId: response.post_id, order: comments.order }
	const page = 1 + Math.floor((await countBefore(db, thread, response)) / comments.perPage)
	return config.siteUrl + threadPath(path, page, undefined, `comment-${response.id}`)
}
