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

/**
 * A line of the log.
 * i18n: people.actions.sign-in people.actions.sign-in-passkey people.actions.sign-in-failed
 * people.actions.second-failed people.actions.account-password people.actions.account-email
 * people.actions.account-reset people.actions.account-totp-on people.actions.account-totp-off
 * people.actions.account-codes people.actions.account-passkey people.actions.account-passkey-removed
 * people.actions.account-sessions-ended people.actions.account-application people.actions.account-application-removed
 * people.actions.person-invited people.actions.person-invitation-ended people.actions.person-joined
 * people.actions.person-role people.actions.person-link people.actions.person-disabled people.actions.person-enabled
 * people.actions.person-deleted people.actions.post-created people.actions.post-published
 * people.actions.post-unpublished people.actions.post-changed people.actions.post-trashed
 * people.actions.post-restored people.actions.post-deleted people.actions.post-joined people.actions.post-split
 * people.actions.response-approve people.actions.response-hold people.actions.response-spam
 * people.actions.response-trash people.actions.response-delete people.actions.response-reply
 * people.actions.response-edit people.actions.response-undone people.actions.writer-forgotten
 * people.actions.writer-trusted people.actions.writer-blocked
 * people.actions.term-created people.actions.term-changed people.actions.term-deleted people.actions.media-uploaded
 * people.actions.media-changed people.actions.media-deleted people.actions.settings-changed
 * people.actions.theme-changed people.actions.redirects-changed people.actions.imported people.actions.exported
 * people.actions.backed-up people.actions.job-rerun
 */
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
