import { notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { deleteApplication, insertApplication, listApplications } from '../application-queries.ts'
import { audit, auditDoor } from '../audit-queries.ts'
import { codeHash, newCode } from '../codes.ts'
import { currentProblem } from '../current.ts'
import type { AuthorHandler } from '../guard.ts'
import type { SignedIn } from '../sessions.ts'
import { tabsOf } from '../tabs.ts'
import { newToken, tokenHash } from '../token.ts'

const LONGEST_NAME = 60
const MOST = 50
/** What a token may be good for (Micropub): without `create`, `draft` keeps all that a program writes unpublished. */
const SCOPES = ['create', 'draft', 'update', 'delete', 'media']
const DONE = { removed: 'people.programRemoved' }

interface Refused {
	name: string
	error?: string
	current?: string
	scopes: string[]
}

/** What programs sign in with in the author's name. */
export const programsPage: AuthorHandler = (ctx, author) => show(ctx, author)

/** Makes a password or a token for a program, and shows it, this once. */
export const addProgram: AuthorHandler = async (ctx, author) => {
	const { t } = ctx.state
	const { db, clock } = ctx.blog
	const form = await readForm(ctx)
	const kind = form.get('kind') === 'token' ? 'token' : 'password'
	const name = lineOf(form, 'name')
	const scopes = SCOPES.filter((scope) => form.getAll('scope').includes(scope))
	const error = await problemOf(ctx, author, { name, isEmpty: kind === 'token' && scopes.length === 0 })
	const current = await currentProblem(ctx, author.id, form)
	if (error || current) {
		const refused = { name, scopes, error: error && t(error), current: current && t(current) }
		return show(ctx, author, refused, 422)
	}
	const secret = kind === 'token' ? newToken() : newCode(6)
	const hash = kind === 'token' ? tokenHash(secret) : codeHash(secret)
	const granted = kind === 'token' ? scopes.join(' ') : ''
	const row = { author_id: author.id, kind, name, secret_hash: hash, scopes: granted, created_at: clock() } as const
	await db.transaction().execute(async (trx) => {
		await insertApplication(trx, row)
		await auditDoor(trx, { authorId: author.id, action: 'account-application', name, now: clock() })
	})
	adminPage(ctx, author, 'secret', {
		heading: name,
		intro: t(kind === 'token' ? 'people.tokenOnce' : 'people.programOnce', { email: author.email }),
		secret,
		back: { href: '/admin/account/programs/', text: t('people.programs') },
	})
}

/** Ends what a program signs in with. */
export const removeProgram: AuthorHandler = async (ctx, author) => {
	const { db, clock } = ctx.blog
	const name = await db.transaction().execute(async (trx) => {
		const name = await deleteApplication(trx, author.id, Number(ctx.params.number))
		if (name === undefined) throw notFound()
		await audit(trx, { authorId: author.id, action: 'account-application-removed', name, now: clock() })
		return name
	})
	if (name === undefined) throw notFound()
	leadTo(ctx, '/admin/account/programs/?done=removed')
}

async function problemOf(
	{ blog }: Context,
	author: SignedIn,
	{ name, isEmpty }: { name: string; isEmpty: boolean },
): Promise<string | undefined> {
	if (name === '' || name.length > LONGEST_NAME) return 'people.programNameWrong'
	if (isEmpty) return 'people.scopesWrong'
	return (await listApplications(blog.db, author.id)).length >= MOST ? 'people.tooManyPrograms' : undefined
}

/**
 * i18n: people.scopes.create people.scopes.draft people.scopes.update people.scopes.delete people.scopes.media
 */
async function show(ctx: Context, author: SignedIn, refused?: Refused, status = 200): Promise<void> {
	const { t } = ctx.state
	const rows = await listApplications(ctx.blog.db, author.id)
	const page = {
		heading: t('people.account'),
		alert: status === 200 ? undefined : t('admin.mistakes'),
		notice: noticeOf(ctx, DONE),
		tabs: tabsOf(ctx),
		intro: t('people.programsIntro', { email: author.email }),
		programs: rows.map(({ id, kind, name, scopes, created_at, used_at }) => ({
			action: `/admin/account/programs/${id}/delete/`,
			name,
			about: [
				kind === 'token' ? t('people.token', { scopes: namesOf(ctx, scopes.split(' ')) }) : t('people.password'),
				t('people.addedAt', { when: dateOf(ctx, created_at) }),
				used_at === null ? t('people.neverUsed') : t('people.usedAt', { when: dateOf(ctx, used_at) }),
			].join(' · '),
		})),
		name: { value: refused?.name ?? '', error: refused?.error },
		email: author.email,
		current: { value: '', error: refused?.current },
		scopes: SCOPES.map((scope) => ({
			value: scope,
			text: t(`people.scopes.${scope}`),
			checked: refused ? refused.scopes.includes(scope) : scope !== 'draft',
		})),
	}
	adminPage(ctx, author, 'programs', page, status)
}

function namesOf({ state: { t, locale } }: Context, scopes: string[]): string {
	const names = scopes
		.filter((scope) => SCOPES.includes(scope))
		.map((scope) => t(`people.scopes.${scope}`).toLowerCase())
	return new Intl.ListFormat(locale).format(names)
}

function dateOf({ blog, state }: Context, time: number): string {
	return formatMoment(time, state.locale, blog.config.timezone).text
}
