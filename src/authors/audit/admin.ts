import { formatMoment } from '../../i18n/dates.ts'
import { adminPage } from '../../site/admin-page.ts'
import { lastPage, pagesOf } from '../../views/paging.ts'
import type { Context } from '../../web/context.ts'
import { queryOf } from '../../web/query.ts'
import { ACTIONS, type Action } from '../actions.ts'
import { listChanges } from '../audit-queries.ts'
import type { AuthorHandler } from '../guard.ts'

const SIZE = 50

type Row = Awaited<ReturnType<typeof listChanges>>['rows'][number]

/** Who changed what, the newest first. */
export const auditPage: AuthorHandler = async (ctx, author) => {
	const { t, locale } = ctx.state
	const page = Number(/^[1-9]\d{0,5}$/.exec(queryOf(ctx).get('page') ?? '')?.[0] ?? 1)
	const { rows, count } = await listChanges(ctx.blog.db, { page, size: SIZE, locale })
	adminPage(ctx, author, 'audit', {
		heading: t('people.audit'),
		intro: t('people.auditIntro'),
		changes: rows.map((row) => changeOf(ctx, row)),
		empty: rows.length === 0 ? t('people.auditEmpty') : undefined,
		pages: pagesOf(page, lastPage(count, SIZE), (number) => `/admin/audit/?page=${number}`, t),
	})
}

function changeOf({ state: { t, locale }, blog: { config } }: Context, row: Row) {
	const isKnown = ACTIONS.includes(row.action as Action)
	const isGone = row.action.endsWith('-deleted')
	return {
		who: row.present || row.author_name || t('people.somebody'),
		// Of a newer version of the program, before it was taken back.
		what: isKnown ? t(`people.actions.${row.action}`) : row.action,
		name: row.name,
		href: row.subject && !isGone ? `/admin/${row.subject}` : undefined,
		isWarning: row.action.endsWith('-failed'),
		when: formatMoment(row.created_at, locale, config.timezone),
	}
}
