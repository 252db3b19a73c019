import { adminPage, closeDoors } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context, Handler } from '../web/context.ts'
import { lineOf, MOST_BYTES } from '../web/fields.ts'
import { queryOf } from '../web/query.ts'
import { addressKey } from '../web/rate/address.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { redirect } from '../web/redirect.ts'
import { dropSession, keepSession, sessionToken } from '../web/session.ts'
import { findAccount, updateAccount } from './account-queries.ts'
import { type AuthorHandler, guard, whoIs } from './guard.ts'
import { nextPath } from './next.ts'
import { verifyPassword } from './password.ts'
import { endSession, IDLE, startSession } from './sessions.ts'

/** A form that came when its session had ended says so, and is sent again after sign-in. */
const REPLAY = 'replay'

/** Lets only authors in; others are asked to sign in first, and what they wrote is kept. */
export const signedIn = (handler: AuthorHandler): Handler => guard(handler, askToSignIn)

/** The form of sign-in. */
export async function loginPage(ctx: Context): Promise<void> {
	const next = nextPath(queryOf(ctx).get('next'))
	if (await whoIs(ctx)) return goTo(ctx, next)
	showLogin(ctx, { next })
}

/** Signs in: a new session, whatever the browser brought. */
export async function login(ctx: Context): Promise<void> {
	const form = await readForm(ctx, MOST_BYTES)
	const next = nextPath(queryOf(ctx).get('next') ?? form.get('next'))
	const email = lineOf(form, 'email')
	const refused = { next, email, form: form.has(REPLAY) ? form : undefined }
	const wait = await secondsToSignIn(ctx, email)
	if (wait > 0) {
		ctx.set('Retry-After', String(wait))
		return showLogin(ctx, { ...refused, alert: ctx.state.t('admin.tooOften'), status: 429 })
	}
	const account = await findAccount(ctx.blog.db, email)
	if (!(await verifyPassword(account?.password_hash, form.get('password') ?? ''))) {
		return showLogin(ctx, { ...refused, alert: ctx.state.t('admin.wrongPassword'), status: 422 })
	}
	await enter(ctx, account!.id)
	if (form.has(REPLAY)) return redirect(ctx, next, 307)
	goTo(ctx, next)
}

/** Starts a session in this browser; one that it had ends. */
export async function enter(ctx: Context, authorId: number): Promise<void> {
	const { db, clock } = ctx.blog
	await endSession(db, sessionToken(ctx))
	const token = await startSession(db, { authorId, userAgent: ctx.get('User-Agent'), now: clock() })
	keepSession(ctx, token, IDLE)
	closeDoors(ctx)
}

/** Signs out. */
export async function logout(ctx: Context): Promise<void> {
	await endSession(ctx.blog.db, sessionToken(ctx))
	dropSession(ctx)
	goTo(ctx, '/admin/login/')
}

/** Changes the language of an author's pages. */
export const chooseLanguage: AuthorHandler = async (ctx, author) => {
	const language = (await readForm(ctx)).get('language') ?? ''
	if (ctx.blog.config.languages.includes(language)) await updateAccount(ctx.blog.db, author.id, { language })
	goTo(ctx, '/admin/')
}

async function secondsToSignIn({ blog, ip }: Context, email: string): Promise<number> {
	const wait = await secondsToWait(blog, 'sign-in from', ip)
	return wait || secondsToWait(blog, 'sign-in', `${addressKey(ip)} ${email.toLowerCase()}`)
}

async function askToSignIn(ctx: Context): Promise<void> {
	const next = nextPath(ctx.path + ctx.search)
	if (ctx.method !== 'POST') return goTo(ctx, `/admin/login/?next=${encodeURIComponent(next)}`)
	const form = await readForm(ctx, MOST_BYTES)
	form.append(REPLAY, '1')
	showLogin(ctx, { next, form, alert: ctx.state.t('admin.sessionEnded'), status: 401 })
}

interface Login {
	next: string
	email?: string
	/** Carried along and sent on after sign-in. */
	form?: URLSearchParams
	alert?: string
	status?: number
}

function showLogin(ctx: Context, { next, email = '', form, alert, status }: Login): void {
	const own = ['email', 'password', 'next']
	const kept = [...(form ?? [])].filter(([name]) => !own.includes(name)).map(([name, value]) => ({ name, value }))
	const action = `/admin/login/?next=${encodeURIComponent(next)}`
	adminPage(ctx, undefined, 'login', { heading: ctx.state.t('admin.login'), alert, action, email, kept }, status)
}

function goTo(ctx: Context, path: string): void {
	closeDoors(ctx)
	redirect(ctx, path, 303)
}
