import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { countQueue } from '../comments/admin-queries.ts'
import { formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { countStates, listDrafts } from '../posts/admin-queries.ts'
import { addressOf } from '../posts/address.ts'
import type { Context } from '../web/context.ts'
import { adminPage } from './admin-page.ts'

const DRAFTS = 5

/** The first page of an author: what there is, and what waits. */
export async function overviewPage(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock, config } = ctx.blog
	const { t, locale } = ctx.state
	const whose = { author: confinedTo(author) }
	const posts = await countStates(db, { ...whose, now: clock() })
	const held = (await countQueue(db, whose.author)).get('held') ?? 0
	const format = new Intl.NumberFormat(locale)
	const count = (number: number, href: string, key: string) => ({
		href,
		count: format.format(number),
		text: t(key, { count: number }),
		isWaiting: key === 'admin.counts.held' && number > 0,
	})
	adminPage(ctx, author, 'overview', {
		heading: t('admin.overview'),
		counts: [
			count(held, '/admin/responses/', 'admin.counts.held'),
			count(posts.published, '/admin/posts/', 'admin.counts.published'),
			count(posts.scheduled, '/admin/posts/', 'admin.counts.scheduled'),
			count(posts.drafts, '/admin/posts/', 'admin.counts.drafts'),
		],
		drafts: (await listDrafts(db, whose, DRAFTS)).map((draft) => ({
			href: addressOf(draft.post_id, draft.locale),
			title: draft.title || t('admin.untitled'),
			lang: draft.locale,
			language: languageName(draft.locale),
			modified: formatMoment(draft.modified_at, locale, config.timezone),
		})),
		newPost: '/admin/posts/new/',
	})
}
