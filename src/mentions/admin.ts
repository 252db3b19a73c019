import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { formatMoment } from '../i18n/dates.ts'
import { listTranslations } from '../posts/admin-queries.ts'
import { titleOf } from '../posts/title.ts'
import { adminPage } from '../site/admin-page.ts'
import type { ReceivedRow } from '../views/admin-model.ts'
import { lastPage, pagesOf } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { countReceived, listReceived } from './queries.ts'
import { outcomeText, stateOf } from './texts.ts'

const PAGE = 50
const PATH = '/admin/mentions/'

/** What other blogs told us of late, and what came of looking into it. */
export async function receivedPage(ctx: Context, author: SignedIn): Promise<void> {
	const { db } = ctx.blog
	const { t } = ctx.state
	const owner = confinedTo(author)
	const last = lastPage(await countReceived(db, owner), PAGE)
	const asked = queryOf(ctx).get('page') ?? ''
	const number = /^[1-9]\d{0,7}$/.test(asked) ? Math.min(Number(asked), last) : 1
	const rows = await listReceived(db, owner, { limit: PAGE, offset: (number - 1) * PAGE })
	const posts = await listTranslations(db, [...new Set(rows.map(({ post_id }) => post_id))])
	adminPage(ctx, author, 'mentions', {
		heading: t('mentions.admin.title'),
		rows: rows.map((row) => rowOf(ctx, row, posts)),
		empty: rows.length === 0 ? t('mentions.admin.none') : undefined,
		pages: pagesOf(number, last, (page) => (page > 1 ? `${PATH}?page=${page}` : PATH), t),
	})
}

type Row = Awaited<ReturnType<typeof listReceived>>[number]
type Posts = Awaited<ReturnType<typeof listTranslations>>

/** i18n: mentions.admin.protocols.pingback mentions.admin.protocols.trackback mentions.admin.protocols.webmention */
function rowOf({ blog, state: { t, locale } }: Context, row: Row, posts: Posts): ReceivedRow {
	const own = posts.filter(({ post_id }) => post_id === row.post_id)
	const post = own.find((one) => one.locale === locale) ?? own[0]
	return {
		source: { href: row.source, text: readable(row.source) },
		post: post && {
			href: `/admin/posts/${row.post_id}/${post.locale}/`,
			text: titleOf(post, blog.config.timezone),
			lang: post.locale,
		},
		protocol: t(`mentions.admin.protocols.${row.protocol}`),
		notices: row.notices > 1 ? t('mentions.admin.notices', { count: row.notices }) : undefined,
		received: formatMoment(row.received_at, locale, blog.config.timezone),
		state: stateOf(row),
		text: outcomeText(row, t),
		response:
			row.comment_id && row.status
				? {
						href: `/admin/responses/${row.comment_id}/`,
						text: t(`admin.responseStates.${row.status}`),
					}
				: undefined,
	}
}

/** An address as people read it. */
function readable(address: string): string {
	const text = address.replace(/^https?:\/\//, '')
	try {
		return decodeURI(text)
	} catch {
		return text
	}
}
