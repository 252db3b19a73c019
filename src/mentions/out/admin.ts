import { confinedTo, mayTouch } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { HttpError, notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { languageName } from '../../i18n/languages.ts'
import { findPost, listTranslations } from '../../posts/admin-queries.ts'
import { titleOf } from '../../posts/title.ts'
import { adminPage } from '../../site/admin-page.ts'
import type { SentRow } from '../../views/admin-model.ts'
import type { Link } from '../../views/model.ts'
import type { Context } from '../../web/context.ts'
import { listDeliveries } from './queries.ts'
import { stateText } from './texts.ts'

const MOST = 200

/** Whom the blog has told of its links of late, and what came of it; authors see that of their own posts. */
export async function allSentPage(ctx: Context, author: SignedIn): Promise<void> {
	await show(ctx, author, await listDeliveries(ctx.blog.db, { author: confinedTo(author) }, MOST))
}

/** The same of one post. @throws HttpError 404, 403 */
export async function sentPage(ctx: Context, author: SignedIn): Promise<void> {
	const { db } = ctx.blog
	const post = await findPost(db, Number(ctx.params.number))
	if (!post) throw notFound()
	if (!mayTouch(author, post)) throw new HttpError(403)
	await show(ctx, author, await listDeliveries(db, { post: post.id }, MOST), post.id)
}

async function show(ctx: Context, author: SignedIn, rows: Row[], postId?: number): Promise<void> {
	const { t } = ctx.state
	const ids = postId ? [postId] : [...new Set(rows.map((row) => row.post_id))]
	const translations = await listTranslations(ctx.blog.db, ids)
	adminPage(ctx, author, 'sent', {
		heading: t('sent.heading'),
		post: postId ? postLink(ctx, postId, translations) : undefined,
		other: postId
			? { href: '/admin/mentions/sent/', text: t('sent.all') }
			: { href: '/admin/mentions/', text: t('sent.received') },
		rows: rows.map((row) => ({
			...rowOf(ctx, row),
			post: postId ? undefined : postLink(ctx, row.post_id, translations),
		})),
		empty: rows.length === 0 ? t(postId ? 'sent.empty' : 'sent.emptyAll') : undefined,
	})
}

type Translations = Awaited<ReturnType<typeof listTranslations>>

/** None when the post is gone. */
function postLink({ blog, state }: Context, postId: number, translations: Translations): Link | undefined {
	const own = translations.filter((row) => row.post_id === postId)
	const shown = own.find((row) => row.locale === state.locale) ?? own[0]
	return shown && { href: `/admin/posts/${postId}/`, text: titleOf(shown, blog.config.timezone), lang: shown.locale }
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
