import { mayTouch } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { HttpError, notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { languageName } from '../../i18n/languages.ts'
import { findPost, listTranslations } from '../../posts/admin-queries.ts'
import { titleOf } from '../../posts/title.ts'
import { adminPage } from '../../site/admin-page.ts'
import type { SentRow } from '../../views/admin-model.ts'
import type { Context } from '../../web/context.ts'
import { listDeliveries } from './queries.ts'
import { stateText } from './texts.ts'

const MOST = 500

/** Whom a post has told of its links, and what came of it. @throws HttpError 404, 403 */
export async function sentPage(ctx: Context, author: SignedIn): Promise<void> {
	const { db, config } = ctx.blog
	const { t, locale } = ctx.state
	const post = await findPost(db, Number(ctx.params.number))
	if (!post) throw notFound()
	if (!mayTouch(author, post)) throw new HttpError(403)
	const translations = await listTranslations(db, [post.id])
	const own = translations.find((row) => row.locale === locale) ?? translations[0]
	const rows = await listDeliveries(db, post.id, MOST)
	adminPage(ctx, author, 'sent', {
		heading: t('sent.heading'),
		post: own && { href: `/admin/posts/${post.id}/`, text: titleOf(own, config.timezone), lang: own.locale },
		rows: rows.map((row) => rowOf(ctx, row)),
		empty: rows.length === 0 ? t('sent.empty') : undefined,
	})
}

type Row = Awaited<ReturnType<typeof listDeliveries>>[number]

function rowOf({ blog, state: { t, locale } }: Context, row: Row): SentRow {
	const moment = (time: number) => formatMoment(time, locale, blog.config.timezone)
	return {
		target: { href: row.target, text: shown(row.target) },
		language: row.locale === null ? undefined : languageName(row.locale),
		state: row.state,
		text: stateText(row, t),
		tried: row.tried_at === null ? undefined : moment(row.tried_at),
		next: row.state === 'waiting' && row.attempts > 0 ? t('sent.next', { when: moment(row.next_at).title }) : undefined,
	}
}

/** An address as people read it. */
function shown(address: string): string {
	const text = address.replace(/^https?:\/\//, '')
	try {
		return decodeURI(text)
	} catch {
		return text
	}
}
