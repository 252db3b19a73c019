import { confinedTo, isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { countFailedBackups } from '../backup/runs-queries.ts'
import { formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { jobName } from '../jobs/names.ts'
import { listDead } from '../jobs/queries.ts'
import { countFailed } from '../mentions/out/failed-queries.ts'
import { addressOf } from '../posts/address.ts'
import { countStates, listDrafts } from '../posts/admin-queries.ts'
import { countOutdated, listOutdated, listScheduled } from '../posts/waiting-queries.ts'
import type { OverviewPage, OverviewText } from '../views/overview-model.ts'
import type { Context } from '../web/context.ts'
import { noticeOf } from '../web/notice.ts'
import { adminPage } from './admin-page.ts'
import { readersOf } from './admin-readers.ts'
import { stepsOf } from './admin-steps.ts'

const SHOWN = 5
const MOST_FAILED = 20

type Head = Awaited<ReturnType<typeof listScheduled>>[number]

/** The first page of an author: what waits, what there is, and who reads it. */
export async function overviewPage(ctx: Context, author: SignedIn): Promise<void> {
	const { t } = ctx.state
	adminPage(ctx, author, 'overview', {
		heading: t('admin.overview'),
		notice: noticeOf(ctx, { rerun: 'overview.rerunDone' }),
		newPost: '/admin/posts/new/',
		counts: await countsOf(ctx, author),
		steps: await stepsOf(ctx, author),
		lists: await listsOf(ctx, author),
		failed: author.role === 'owner' ? await failedOf(ctx) : undefined,
		readers: isEditor(author) ? await readersOf(ctx) : undefined,
	})
}

/** What waits comes first, and is left out when nothing does. */
async function countsOf(ctx: Context, author: SignedIn): Promise<OverviewPage['counts']> {
	const { db, clock } = ctx.blog
	const { t, locale, waiting } = ctx.state
	const whose = { author: confinedTo(author) }
	const posts = await countStates(db, { ...whose, now: clock() })
	const format = new Intl.NumberFormat(locale)
	const count = (number: number, href: string, key: string, isWaiting = false) => ({
		...{ href, count: format.format(number), text: t(key, { count: number }) },
		isWaiting: isWaiting && number > 0,
		isNothing: isWaiting && number === 0,
	})
	const all = [
		count(waiting?.held ?? 0, '/admin/responses/', 'admin.counts.held', true),
		count(await countOutdated(db, whose), '#outdated', 'overview.outdatedCount', true),
		count(await countFailed(db, whose.author, clock()), '/admin/mentions/sent/', 'overview.failedMentions', true),
		count(await countLost(ctx, author), '/admin/backup/', 'overview.failedBackups', true),
		count(posts.published, '/admin/posts/', 'admin.counts.published'),
		count(posts.scheduled, '/admin/posts/', 'admin.counts.scheduled'),
		count(posts.drafts, '/admin/posts/', 'admin.counts.drafts'),
	]
	return all.filter(({ isNothing }) => !isNothing)
}

/** Backups that failed since the last good one. */
async function countLost({ blog }: Context, author: SignedIn): Promise<number> {
	return author.role === 'owner' ? countFailedBackups(blog.db) : 0
}

async function listsOf(ctx: Context, author: SignedIn): Promise<OverviewPage['lists']> {
	const { db, clock } = ctx.blog
	const { t } = ctx.state
	const whose = { author: confinedTo(author) }
	const scheduled = await listScheduled(db, { ...whose, now: clock() }, SHOWN)
	const outdated = await listOutdated(db, whose, SHOWN)
	const drafts = await listDrafts(db, whose, SHOWN)
	const lists = [
		{
			id: 'scheduled',
			heading: t('overview.scheduled'),
			texts: scheduled.map((text) => textOf(ctx, text, text.published_at)),
		},
		{ id: 'outdated', heading: t('overview.outdated'), texts: outdated.map((text) => mendOf(ctx, text)) },
		{ id: 'drafts', heading: t('admin.drafts'), texts: drafts.map((text) => textOf(ctx, text, text.modified_at)) },
	]
	return lists.filter(({ texts }) => texts.length > 0)
}

/** It leads to where the changes of its source are ticked off. */
function mendOf(ctx: Context, text: Parameters<typeof textOf>[1]): OverviewText {
	return { ...textOf(ctx, text), href: `${addressOf(text.post_id, text.locale)}translate/` }
}

function textOf(
	{ blog, state }: Context,
	text: Pick<Head, 'post_id' | 'locale' | 'title'>,
	time?: number | null,
): OverviewText {
	return {
		href: addressOf(text.post_id, text.locale),
		title: text.title || state.t('admin.untitled'),
		lang: text.locale,
		language: languageName(text.locale),
		when: time ? formatMoment(time, state.locale, blog.config.timezone) : undefined,
	}
}

async function failedOf({ blog, state: { t, locale } }: Context): Promise<OverviewPage['failed']> {
	const dead = await listDead(blog.db)
	if (dead.length === 0) return undefined
	return {
		heading: t('overview.failed', { count: dead.length }),
		action: '/admin/jobs/',
		jobs: dead.slice(-MOST_FAILED).map(({ id, kind, error, diedAt }) => ({
			id,
			name: jobName(kind, t),
			error: error.split('\n')[0]!.slice(0, 300),
			when: formatMoment(diedAt, locale, blog.config.timezone),
			label: t('overview.rerunOf', { name: jobName(kind, t) }),
		})),
	}
}
