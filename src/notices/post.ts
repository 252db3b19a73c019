import { countBefore } from '../comments/thread-queries.ts'
import { formatMoment } from '../i18n/dates.ts'
import { permalink } from '../posts/permalink.ts'
import type { Settings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { listTranslations, type Response } from './queries.ts'

/** What of a blog letters are written with. */
export type Office = Pick<Blog, 'db' | 'config' | 'catalog' | 'clock'>

/** The post under which something was said: its title, and its path when readers see it; in this language if it can. */
export async function postIn({ db, config, clock }: Office, postId: number, locale: string) {
	const translations = await listTranslations(db, postId)
	const visible = translations.filter((row) => row.status === 'published' && row.published_at! <= clock())
	const best = (rows: typeof translations) => rows.find((row) => row.locale === locale) ?? rows[0]
	const shown = best(visible)
	const { title = '', published_at = 0 } = shown ?? best(translations) ?? {}
	return {
		title: title.trim() || formatMoment(published_at ?? 0, locale, config.timezone).text,
		path: shown && permalink(shown),
	}
}

/** Where an approved response is read: the page of its conversation on which it stands now. */
export async function responseUrl({ db, config }: Office, { comments }: Settings, response: Response, path: string) {
	const thread = { postId: response.post_id, order: comments.order }
	const page = 1 + Math.floor((await countBefore(db, thread, response)) / comments.perPage)
	return `${config.siteUrl}${path}${page > 1 ? `?comments=${page}` : ''}#comment-${response.id}`
}
