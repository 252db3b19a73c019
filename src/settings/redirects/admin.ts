import { audit } from '../../authors/audit-queries.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { bumpVersions } from '../../db/versions.ts'
import { type Addressed, permalink } from '../../posts/permalink.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { lastPage, pagesOf } from '../../views/paging.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { queryOf } from '../../web/query.ts'
import { tabsOf } from '../tabs.ts'
import { countRedirects, deleteRedirect, listRedirects, readTargets, storeRedirect } from './queries.ts'
import { isLoop, pathFrom, type Redirect, type Typed, targetFrom } from './rules.ts'
import { isTaken } from './taken.ts'

const DONE = { saved: 'admin.done.saved', deleted: 'redirects.deleted' }

const PAGE = 50
const HOME = '/admin/settings/redirects/'

type Errors = Partial<Record<keyof Typed, string>>

/** Addresses that lead elsewhere. */
export async function redirectsPage(ctx: Context, author: SignedIn): Promise<void> {
	await show(ctx, author, { from: '', to: '' }, {})
}

/** Makes one, or says what is wrong with it. */
export async function addRedirect(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock } = ctx.blog
	const form = await readForm(ctx)
	const typed = { from: lineOf(form, 'from'), to: lineOf(form, 'to') }
	const checked = await check(ctx, typed)
	if ('errors' in checked) return show(ctx, author, typed, checked.errors)
	await db.transaction().execute(async (trx) => {
		await storeRedirect(trx, checked)
		await audit(trx, {
			authorId: author.id,
			action: 'redirects-changed',
			subject: SUBJECT,
			name: checked.path,
			now: clock(),
		})
		await bumpVersions(trx, ['settings'])
	})
	leadTo(ctx, `${HOME}?done=saved`)
}

/** Removes one. */
export async function removeRedirect(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock } = ctx.blog
	const path = ((await readForm(ctx)).get('path') ?? '').replaceAll('\0', '')
	await db.transaction().execute(async (trx) => {
		await deleteRedirect(trx, path)
		await audit(trx, { authorId: author.id, action: 'redirects-changed', subject: SUBJECT, name: path, now: clock() })
		await bumpVersions(trx, ['settings'])
	})
	leadTo(ctx, `${HOME}?done=deleted`)
}

const SUBJECT = 'settings/redirects/'

async function check({ blog, state: { t } }: Context, typed: Typed): Promise<Redirect | { errors: Errors }> {
	const { db, config } = blog
	const path = pathFrom(typed.from, config.siteUrl)
	const target = targetFrom(typed.to, config.siteUrl)
	const errors: Errors = {}
	if (path === undefined) errors.from = t('redirects.errors.from')
	else if (await isTaken(db, path, config.languages)) errors.from = t('redirects.errors.taken')
	if (target === undefined) errors.to = t('redirects.errors.to')
	if (path === undefined || target === undefined || errors.from) return { errors }
	const targets = await readTargets(db)
	if (isLoop({ path, target }, (at) => targets.get(at))) return { errors: { to: t('redirects.errors.loop') } }
	return { path, target }
}

async function show(ctx: Context, author: SignedIn, { from, to }: Typed, errors: Errors): Promise<void> {
	const { t } = ctx.state
	const query = queryOf(ctx)
	const letters = lineOf(query, 'q').slice(0, 200)
	const last = lastPage(await countRedirects(ctx.blog.db, letters), PAGE)
	const page = Math.min(Math.max(Number(/^\d{1,6}$/.exec(query.get('page') ?? '')?.[0] ?? 1), 1), last)
	const rows = await listRedirects(ctx.blog.db, letters, { limit: PAGE, offset: (page - 1) * PAGE })
	const isWrong = Object.keys(errors).length > 0
	const model = {
		heading: t('settings.heading'),
		notice: isWrong ? undefined : noticeOf(ctx, DONE),
		alert: isWrong ? t('admin.mistakes') : undefined,
		tabs: tabsOf(t, 'redirects'),
		intro: t('redirects.intro'),
		action: HOME,
		from: { value: from, error: errors.from },
		to: { value: to, error: errors.to },
		letters,
		rows: rows.map((row) => ({
			path: row.path,
			target: row.slug ? permalink(row as Addressed) : (row.target ?? ''),
			label: t('redirects.removeOf', { path: row.path }),
		})),
		empty: rows.length === 0 ? t(letters === '' ? 'redirects.none' : 'redirects.notFound') : undefined,
		pages: pagesOf(page, last, (number) => `${HOME}?${new URLSearchParams({ q: letters, page: String(number) })}`, t),
	}
	adminPage(ctx, author, 'redirects', model, isWrong ? 422 : 200)
}
