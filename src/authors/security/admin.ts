import type { Trx } from '../../db/schema.ts'
import { HttpError, notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { sessionToken } from '../../web/session.ts'
import { readAccount } from '../account-queries.ts'
import { setPassword } from '../accounts.ts'
import type { Action } from '../actions.ts'
import { enterAnew } from '../admin.ts'
import { audit, auditDoor } from '../audit-queries.ts'
import { nameBrowser } from '../browser.ts'
import { currentProblem } from '../current.ts'
import type { AuthorHandler } from '../guard.ts'
import { knownOf } from '../known.ts'
import { deletePasskey, insertPasskey, listPasskeys, renamePasskey } from '../passkey-queries.ts'
import { newPasskey, newPasskeyOptions } from '../passkeys.ts'
import { passwordProblem, SHORTEST_PASSWORD } from '../password.ts'
import { nameIn } from '../roles.ts'
import { countCodes } from '../second-queries.ts'
import { deleteSessionOf, deleteSessionsOf, listSessions } from '../session-queries.ts'
import { IDLE, type SignedIn } from '../sessions.ts'
import { tabsOf } from '../tabs.ts'
import { tokenHash } from '../token.ts'

const LONGEST_NAME = 60
const MOST_PASSKEYS = 20
const DONE = {
	password: 'people.passwordChanged',
	passkey: 'people.passkeyAdded',
	renamed: 'admin.done.saved',
	removed: 'people.passkeyRemoved',
	session: 'people.sessionOver',
	others: 'people.othersOver',
	off: 'people.secondOff',
}

/** What couldn't be done, beside its field. */
interface Refused {
	password?: { chosen?: string; current?: string }
	passkey?: { name: string; error?: string; current?: string }
	alert?: string
}

/** How an author signs in, and where they are signed in. */
export const securityPage: AuthorHandler = (ctx, author) => show(ctx, author)

/** Changes the password; every session ends, and a new one begins here. */
export const changePassword: AuthorHandler = async (ctx, author) => {
	const { t } = ctx.state
	const form = await readForm(ctx)
	const chosen = form.get('chosen') ?? ''
	const current = await currentProblem(ctx, author.id, form)
	const problem = passwordProblem(chosen, knownOf(ctx, [author.email, ...author.names.map(({ name }) => name)]))
	if (current || problem) {
		const told = problem && t(`admin.password.${problem}`, { least: String(SHORTEST_PASSWORD) })
		return show(ctx, author, { password: { chosen: told, current: current && t(current) } }, 422)
	}
	await setPassword(ctx.blog.db, author.id, chosen, (trx) => note(trx, ctx, author, 'account-password'))
	await enterAnew(ctx, author.id)
	goTo(ctx, 'password')
}

/** Takes a passkey that the author's device has made. */
export const addPasskey: AuthorHandler = async (ctx, author) => {
	const { db, secret, config, clock } = ctx.blog
	const form = await readForm(ctx)
	const name = lineOf(form, 'name').slice(0, LONGEST_NAME) || nameBrowser(ctx.get('User-Agent'))
	const current = await currentProblem(ctx, author.id, form)
	if (current) return show(ctx, author, { passkey: { name, current: ctx.state.t(current) } }, 422)
	const isFull = (await listPasskeys(db, author.id)).length >= MOST_PASSKEYS
	const party = { db, secret, siteUrl: config.siteUrl, now: clock() }
	const made = isFull ? undefined : await newPasskey(party, author.id, form.get('credential') ?? '')
	const row = made && { ...made, author_id: author.id, name, created_at: clock() }
	const isKept = row && (await keepPasskey(ctx, author, row))
	if (!isKept) return show(ctx, author, { passkey: { name, error: ctx.state.t('people.passkeyNotMade') } }, 422)
	goTo(ctx, 'passkey')
}

/** False for one that is known already. */
function keepPasskey(ctx: Context, author: SignedIn, row: Parameters<typeof insertPasskey>[1]): Promise<boolean> {
	return ctx.blog.db.transaction().execute(async (trx) => {
		const isNew = await insertPasskey(trx, row)
		if (isNew) await note(trx, ctx, author, 'account-passkey', row.name)
		return isNew
	})
}

/** Gives a passkey another name. */
export const savePasskey: AuthorHandler = async (ctx, author) => {
	const name = lineOf(await readForm(ctx), 'name').slice(0, LONGEST_NAME)
	if (name !== '' && !(await renamePasskey(ctx.blog.db, author.id, Number(ctx.params.number), name))) throw notFound()
	goTo(ctx, 'renamed')
}

/** Removes a passkey: it opens the door no more. */
export const removePasskey: AuthorHandler = async (ctx, author) => {
	await ctx.blog.db.transaction().execute(async (trx) => {
		const name = await deletePasskey(trx, author.id, Number(ctx.params.number))
		if (name === undefined) throw notFound()
		await note(trx, ctx, author, 'account-passkey-removed', name)
	})
	goTo(ctx, 'removed')
}

/** Ends one session of the author, or all but this one. */
export const endSessions: AuthorHandler = async (ctx, author) => {
	const form = await readForm(ctx)
	const session = form.get('session')
	if (session) {
		await deleteSessionOf(ctx.blog.db, author.id, session)
		return goTo(ctx, 'session')
	}
	if (!form.has('others')) throw new HttpError(400)
	await deleteSessionsOf(ctx.blog.db, author.id, tokenHash(sessionToken(ctx) ?? ''))
	await audit(ctx.blog.db, { authorId: author.id, action: 'account-sessions-ended', now: ctx.blog.clock() })
	goTo(ctx, 'others')
}

/** i18n: admin.password.short admin.password.long admin.password.personal admin.password.same admin.password.common */
async function show(ctx: Context, author: SignedIn, refused: Refused = {}, status = 200): Promise<void> {
	const { t } = ctx.state
	const { db } = ctx.blog
	const account = await readAccount(db, author.id)
	const hasSecond = Boolean(account?.totp_secret)
	const page = {
		heading: t('people.account'),
		alert: status === 200 ? undefined : (refused.alert ?? t('admin.mistakes')),
		notice: noticeOf(ctx, DONE),
		tabs: tabsOf(ctx),
		email: author.email,
		chosen: { value: '', error: refused.password?.chosen },
		current: { value: '', error: refused.password?.current },
		passwordHint: t('admin.passwordHint', { least: String(SHORTEST_PASSWORD) }),
		hasSecond,
		codes: hasSecond ? t('people.codesLeft', { count: await countCodes(db, author.id) }) : '',
		...(await passkeysOf(ctx, author, refused.passkey)),
		...(await sessionsOf(ctx, author)),
	}
	adminPage(ctx, author, 'security', page, status)
}

async function passkeysOf(ctx: Context, author: SignedIn, refused: Refused['passkey']) {
	const { db, secret, config, clock } = ctx.blog
	const { t, locale, settings } = ctx.state
	const whose = { id: author.id, email: author.email, name: nameIn(author, locale), site: settings.title(locale) }
	const rows = await listPasskeys(db, author.id)
	return {
		passkey: await newPasskeyOptions({ db, secret, siteUrl: config.siteUrl, now: clock() }, whose),
		passkeyFailed: t('people.passkeyFailed'),
		passkeyName: { value: refused?.name ?? nameBrowser(ctx.get('User-Agent')), error: refused?.error },
		passkeyCurrent: { value: '', error: refused?.current },
		passkeys: rows.map(({ id, name, created_at, used_at }) => ({
			action: `/admin/account/security/passkeys/${id}/`,
			name,
			about: [t('people.addedAt', { when: dateOf(ctx, created_at) }), ...usedOf(ctx, used_at)].join(' · '),
		})),
	}
}

async function sessionsOf(ctx: Context, author: SignedIn) {
	const { db, clock } = ctx.blog
	const own = tokenHash(sessionToken(ctx) ?? '')
	const rows = await listSessions(db, author.id, clock() - IDLE)
	const sessions = rows.map(({ token_hash, user_agent, created_at, seen_at }) => ({
		id: token_hash,
		browser: nameBrowser(user_agent) || ctx.state.t('people.unknownBrowser'),
		isThis: token_hash === own,
		about: ctx.state.t('people.sessionSince', { since: dateOf(ctx, created_at), seen: dateOf(ctx, seen_at) }),
	}))
	return { sessions, hasOthers: sessions.length > 1 }
}

function usedOf(ctx: Context, usedAt: number | null): string[] {
	return usedAt === null ? [] : [ctx.state.t('people.usedAt', { when: dateOf(ctx, usedAt) })]
}

function dateOf({ blog, state }: Context, time: number): string {
	return formatMoment(time, state.locale, blog.config.timezone).title
}

function note(trx: Trx, { blog }: Context, author: SignedIn, action: Action, name = ''): Promise<void> {
	return auditDoor(trx, { authorId: author.id, action, name, now: blog.clock() })
}

function goTo(ctx: Context, done: string): void {
	leadTo(ctx, `/admin/account/security/?done=${done}`)
}
