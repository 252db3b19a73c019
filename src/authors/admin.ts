import { lostAtHome } from '../site/admin-lost.ts'
import { adminPage, closeDoors, leadTo } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context, Handler } from '../web/context.ts'
import { lineOf, MOST_BYTES } from '../web/fields.ts'
import { queryOf } from '../web/query.ts'
import { redirect } from '../web/redirect.ts'
import { dropSession, keepSession, sessionToken } from '../web/session.ts'
import { findAccount, updateAccount } from './account-queries.ts'
import type { Action } from './actions.ts'
import { audit } from './audit-queries.ts'
import { rememberDevice, secondsToConfirm, secondsToSignIn } from './device.ts'
import { type AuthorHandler, guard, whoIs } from './guard.ts'
import { nextPath } from './next.ts'
import { authorOfPasskey, signInOptions } from './passkeys.ts'
import { verifyPassword } from './password.ts'
import { authorOfTicket, giveTicket, isRightCode } from './second.ts'
import { deleteSessionsOf } from './session-queries.ts'
import { endSession, IDLE, startSession } from './sessions.ts'

/** A form that came when its session had ended says so, and is sent again after sign-in. */
const REPLAY = 'replay'
/** The fields of sign-in itself. */
const OWN = ['email', 'password', 'next', 'credential', 'ticket', 'code']
/** What is never sent back: these are asked for again. */
const SECRETS = ['current', 'chosen']

/** What a browser wants to do once it is in. */
interface Asked {
	next: string
	email: string
	/** Carried along and sent on after sign-in. */
	form?: URLSearchParams
}

/** Lets only authors in; others are asked to sign in first, and what they wrote is kept. */
export const signedIn = (handler: AuthorHandler): Handler => guard(lostAtHome(handler), askToSignIn)

/** The form of sign-in. */
export async function loginPage(ctx: Context): Promise<void> {
	const next = nextPath(queryOf(ctx).get('next'))
	if (await whoIs(ctx)) return leadTo(ctx, next)
	const notice = queryOf(ctx).has('reset') ? ctx.state.t('people.passwordChanged') : undefined
	await showLogin(ctx, { next, email: '' }, { notice })
}

/** Signs in by a password or a passkey: a new session, whatever the browser brought. */
export async function login(ctx: Context): Promise<void> {
	const form = await readForm(ctx, MOST_BYTES)
	const asked = askedOf(ctx, form)
	const passkey = form.get('credential')
	if (passkey) return loginByPasskey(ctx, asked, passkey)
	const account = await findAccount(ctx.blog.db, asked.email)
	const wait = await secondsToSignIn(ctx, { id: account?.id, email: asked.email })
	if (wait > 0) return restLogin(ctx, asked, wait)
	const isRight = await verifyPassword(account?.password_hash, form.get('password') ?? '')
	if (!account || !isRight || account.disabled_at !== null) {
		if (account) await note(ctx, { action: 'sign-in-failed', name: asked.email })
		return showLogin(ctx, asked, { alert: ctx.state.t('admin.wrongPassword'), status: 422 })
	}
	if (account.totp_secret) return showSecond(ctx, asked, giveTicket(ctx.blog, account))
	await open(ctx, asked, account.id, 'sign-in')
}

/** The second step: a code of the authenticator, or one of those kept for its loss. */
export async function confirmLogin(ctx: Context): Promise<void> {
	const form = await readForm(ctx, MOST_BYTES)
	const asked = askedOf(ctx, form)
	const ticket = form.get('ticket') ?? ''
	const authorId = await authorOfTicket(ctx.blog, ticket)
	if (authorId === undefined) return showLogin(ctx, asked, { alert: ctx.state.t('people.ticketEnded'), status: 422 })
	const wait = await secondsToConfirm(ctx, authorId)
	if (wait > 0) return restSecond(ctx, asked, ticket, wait)
	if (!(await isRightCode(ctx.blog, authorId, form.get('code') ?? ''))) {
		await note(ctx, { action: 'second-failed', authorId })
		return showSecond(ctx, asked, ticket, { alert: ctx.state.t('people.wrongCode'), status: 422 })
	}
	await open(ctx, asked, authorId, 'sign-in')
}

/** The form of the second step can't be asked for by itself. */
export function confirmPage(ctx: Context): void {
	leadTo(ctx, '/admin/login/')
}

/** Starts a session in this browser; one that it had ends. */
export async function enter(ctx: Context, authorId: number): Promise<void> {
	const { db, clock } = ctx.blog
	await endSession(db, sessionToken(ctx))
	const token = await startSession(db, { authorId, userAgent: ctx.get('User-Agent'), now: clock() })
	keepSession(ctx, token, IDLE)
	rememberDevice(ctx, authorId)
	closeDoors(ctx)
}

/** Ends every session of an author and starts a new one in this browser: after what opens the door has changed. */
export async function enterAnew(ctx: Context, authorId: number): Promise<void> {
	await deleteSessionsOf(ctx.blog.db, authorId)
	await enter(ctx, authorId)
}

/** Signs out. */
export async function logout(ctx: Context): Promise<void> {
	await endSession(ctx.blog.db, sessionToken(ctx))
	dropSession(ctx)
	leadTo(ctx, '/admin/login/')
}

/** Changes the language of an author's pages. */
export const chooseLanguage: AuthorHandler = async (ctx, author) => {
	const language = (await readForm(ctx)).get('language') ?? ''
	if (ctx.blog.config.languages.includes(language)) await updateAccount(ctx.blog.db, author.id, { language })
	leadTo(ctx, '/admin/')
}

async function loginByPasskey(ctx: Context, asked: Asked, answer: string): Promise<void> {
	const wait = await secondsToSignIn(ctx, { email: '' })
	if (wait > 0) return restLogin(ctx, asked, wait)
	const { db, secret, config, clock } = ctx.blog
	const authorId = await authorOfPasskey({ db, secret, siteUrl: config.siteUrl, now: clock() }, answer)
	if (authorId === undefined) {
		return showLogin(ctx, asked, { alert: ctx.state.t('people.passkeyRefused'), status: 422 })
	}
	await open(ctx, asked, authorId, 'sign-in-passkey')
}

async function open(ctx: Context, { next, form }: Asked, authorId: number, action: Action): Promise<void> {
	await enter(ctx, authorId)
	await note(ctx, { action, authorId })
	if (form) return redirect(ctx, next, 307)
	leadTo(ctx, next)
}

async function askToSignIn(ctx: Context): Promise<void> {
	const next = nextPath(ctx.path + ctx.search)
	if (ctx.method !== 'POST') return leadTo(ctx, `/admin/login/?next=${encodeURIComponent(next)}`)
	// A file can't be kept, and scripts tell of it themselves.
	const form = ctx.is('urlencoded') ? await readForm(ctx, MOST_BYTES) : undefined
	form?.append(REPLAY, '1')
	const alert = ctx.state.t(form ? 'admin.sessionEnded' : 'people.sessionEnded')
	await showLogin(ctx, { next: form ? next : '/admin/', email: '', form }, { alert, status: 401 })
}

function askedOf(ctx: Context, form: URLSearchParams): Asked {
	const next = nextPath(queryOf(ctx).get('next') ?? form.get('next'))
	return { next, email: lineOf(form, 'email'), form: form.has(REPLAY) ? form : undefined }
}

interface Told {
	notice?: string
	alert?: string
	status?: number
}

async function showLogin(ctx: Context, { next, email, form }: Asked, { notice, alert, status }: Told): Promise<void> {
	const { secret, config, clock } = ctx.blog
	const page = {
		heading: ctx.state.t('admin.login'),
		notice,
		alert,
		action: `/admin/login/?next=${encodeURIComponent(next)}`,
		email,
		kept: keptOf(form),
		passkey: await signInOptions({ secret, siteUrl: config.siteUrl, now: clock() }),
		passkeyFailed: ctx.state.t('people.passkeyFailed'),
	}
	adminPage(ctx, undefined, 'login', page, status)
}

function showSecond(ctx: Context, { next, form }: Asked, ticket: string, { alert, status }: Told = {}): void {
	const action = `/admin/login/code/?next=${encodeURIComponent(next)}`
	const heading = ctx.state.t('people.second')
	adminPage(ctx, undefined, 'second', { heading, alert, action, ticket, kept: keptOf(form) }, status)
}

function restLogin(ctx: Context, asked: Asked, wait: number): Promise<void> {
	ctx.set('Retry-After', String(wait))
	return showLogin(ctx, asked, { alert: ctx.state.t('admin.tooOften'), status: 429 })
}

function restSecond(ctx: Context, asked: Asked, ticket: string, wait: number): void {
	ctx.set('Retry-After', String(wait))
	showSecond(ctx, asked, ticket, { alert: ctx.state.t('admin.tooOften'), status: 429 })
}

function keptOf(form: URLSearchParams | undefined): { name: string; value: string }[] {
	const isKept = ([name]: [string, string]) => !OWN.includes(name) && !SECRETS.includes(name)
	return [...(form ?? [])].filter(isKept).map(([name, value]) => ({ name, value }))
}

function note({ blog }: Context, what: { action: Action; authorId?: number; name?: string }): Promise<void> {
	return audit(blog.db, { ...what, now: blog.clock() })
}
