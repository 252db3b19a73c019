import type { Role } from '../../db/schema.ts'
import { HttpError, notFound } from '../../errors.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { languageName } from '../../i18n/languages.ts'
import { enqueue } from '../../jobs/queries.ts'
import { wake } from '../../jobs/wake.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { findAccount } from '../account-queries.ts'
import { audit } from '../audit-queries.ts'
import type { AuthorHandler } from '../guard.ts'
import { listInvitations, takeLink } from '../link-queries.ts'
import { invitationUrl, invite, passwordLink } from '../links.ts'
import { changeRole, type Decision, disable, dropSecond, enable, LastOwner, remove } from '../people.ts'
import { findPerson, listPeople, type Person } from '../people-queries.ts'
import { isEmail, isName } from '../person.ts'
import { nameIn } from '../roles.ts'
import type { SignedIn } from '../sessions.ts'

const ROLES: Role[] = ['author', 'editor', 'owner']
const DONE = {
	invited: 'people.invitedDone',
	ended: 'people.invitationEnded',
	deleted: 'people.deleted',
	role: 'people.roleChanged',
	disabled: 'people.disabledDone',
	enabled: 'people.enabledDone',
	second: 'people.secondDropped',
}

interface Refused {
	name: string
	email: string
	role: Role
	errors: { name?: string; email?: string }
}

/** Everyone who writes here, who is invited, and the form of an invitation. */
export const peoplePage: AuthorHandler = (ctx, author) => show(ctx, author)

/** Invites somebody by a link, which is mailed where the blog sends mail. */
export const invitePerson: AuthorHandler = async (ctx, author) => {
	const { db, secret, config, clock } = ctx.blog
	const form = await readForm(ctx)
	const person = { name: lineOf(form, 'name'), email: lineOf(form, 'address').toLowerCase(), role: roleOf(form) }
	const errors = await errorsOf(ctx, person)
	if (errors.name || errors.email) return show(ctx, author, { ...person, errors }, 422)
	const invitation = await invite({ db, secret, now: clock() }, person)
	await db.transaction().execute(async (trx) => {
		const name = `${person.name} <${person.email}>`
		await audit(trx, { authorId: author.id, action: 'person-invited', subject: 'people/', name, now: clock() })
		const payload = { invitation, by: author.id, locale: ctx.state.locale }
		if (config.smtpUrl !== '') await enqueue(trx, 'mail.invitation', payload)
	})
	wake()
	leadTo(ctx, '/admin/people/?done=invited')
}

/** Ends an invitation that nobody has followed yet. */
export const endInvitation: AuthorHandler = async (ctx, author) => {
	const { db, clock } = ctx.blog
	const hash = (await readForm(ctx)).get('invitation') ?? ''
	const invited = (await listInvitations(db, clock())).find(({ token_hash }) => token_hash === hash)
	if (!invited) throw notFound()
	await db.transaction().execute(async (trx) => {
		await takeLink(trx, hash)
		const change = { authorId: author.id, action: 'person-invitation-ended', name: invited.email } as const
		await audit(trx, { ...change, subject: 'people/', now: clock() })
	})
	leadTo(ctx, '/admin/people/?done=ended')
}

/** One person, and what an owner may decide about them. */
export const personPage: AuthorHandler = async (ctx, author) => showPerson(ctx, author, await load(ctx))

/** Changes what a person may do. */
export const savePersonRole: AuthorHandler = async (ctx, author) => {
	const role = roleOf(await readForm(ctx))
	await decide(ctx, author, 'role', (decision) => changeRole(decision, role))
}

/** Shuts a person out. */
export const disablePerson: AuthorHandler = (ctx, author) => decide(ctx, author, 'disabled', disable)

/** Lets a person in again. */
export const enablePerson: AuthorHandler = (ctx, author) => decide(ctx, author, 'enabled', enable)

/** Turns off the second step of a person who has lost the telephone. */
export const dropPersonSecond: AuthorHandler = (ctx, author) => decide(ctx, author, 'second', dropSecond)

/** Gives a link by which a person chooses a new password. */
export const linkPerson: AuthorHandler = async (ctx, author) => {
	const { t, locale } = ctx.state
	const { db, config, clock } = ctx.blog
	const person = await load(ctx)
	if (!person.email || person.disabled_at !== null) throw new HttpError(409)
	const name = nameIn({ names: person.names, email: person.email }, locale)
	const link = await passwordLink({ db, siteUrl: config.siteUrl, now: clock() }, person.id)
	const subject = `people/${person.id}/`
	await audit(db, { authorId: author.id, action: 'person-link', subject, name, now: clock() })
	adminPage(ctx, author, 'secret', {
		heading: t('people.linkFor', { name }),
		intro: t('people.linkOnce'),
		secret: link,
		back: { href: `/admin/${subject}`, text: name },
	})
}

/** Removes a person; the posts go to another. */
export const deletePerson: AuthorHandler = async (ctx, author) => {
	const person = await load(ctx)
	const form = await readForm(ctx)
	const heir = await findPerson(ctx.blog.db, Number(/^\d{1,9}$/.exec(form.get('heir') ?? '')?.[0] ?? 0))
	if (!heir || heir.id === person.id) {
		return showPerson(ctx, author, person, ctx.state.t('people.heirWrong'), 422)
	}
	await decide(ctx, author, 'deleted', (decision) => remove(decision, heir.id, ctx.blog.config.languages))
}

async function load({ blog, params }: Context): Promise<Person> {
	const person = await findPerson(blog.db, Number(params.number))
	if (!person) throw notFound()
	return person
}

async function decide(
	ctx: Context,
	author: SignedIn,
	done: 'role' | 'disabled' | 'enabled' | 'second' | 'deleted',
	deed: (decision: Decision) => Promise<void>,
): Promise<void> {
	const { db, clock } = ctx.blog
	const person = await load(ctx)
	try {
		await deed({ db, by: author.id, id: person.id, now: clock(), locale: ctx.state.locale })
	} catch (error) {
		if (!(error instanceof LastOwner)) throw error
		return showPerson(ctx, author, person, ctx.state.t('people.lastOwner'), 409)
	}
	leadTo(ctx, done === 'deleted' ? '/admin/people/?done=deleted' : `/admin/people/${person.id}/?done=${done}`)
}

async function errorsOf({ blog, state: { t } }: Context, { name, email }: Omit<Refused, 'errors' | 'role'>) {
	const errors: Refused['errors'] = {}
	if (!isName(name)) errors.name = t('admin.nameWrong')
	if (!isEmail(email)) errors.email = t('admin.emailWrong')
	else if ((await findAccount(blog.db, email))?.password_hash) errors.email = t('people.isHere')
	return errors
}

/** i18n: admin.roles.owner admin.roles.editor admin.roles.author people.roles.owner people.roles.editor people.roles.author */
async function show(ctx: Context, author: SignedIn, refused?: Refused, status = 200): Promise<void> {
	const { t, locale } = ctx.state
	const { db, secret, config, clock } = ctx.blog
	const page = {
		heading: t('people.people'),
		alert: status === 200 ? undefined : t('admin.mistakes'),
		notice: noticeOf(ctx, DONE),
		people: (await listPeople(db)).map((person) => rowOf(ctx, author, person)),
		invitations: (await listInvitations(db, clock())).map((invitation) => ({
			id: invitation.token_hash,
			name: invitation.name,
			email: invitation.email,
			role: t(`admin.roles.${invitation.role}`),
			until: t('people.until', { when: formatMoment(invitation.expires_at, locale, config.timezone).text }),
			link: invitationUrl({ siteUrl: config.siteUrl, secret }, invitation),
		})),
		inviteHint: t(config.smtpUrl === '' ? 'people.inviteShown' : 'people.inviteMailed'),
		name: { value: refused?.name ?? '', error: refused?.errors.name },
		email: { value: refused?.email ?? '', error: refused?.errors.email },
		roles: rolesFor(ctx, refused?.role ?? 'author'),
	}
	adminPage(ctx, author, 'people', page, status)
}

async function showPerson(ctx: Context, author: SignedIn, person: Person, alert?: string, status = 200): Promise<void> {
	const { t, locale } = ctx.state
	const others = (await listPeople(ctx.blog.db)).filter(({ id }) => id !== person.id)
	const row = rowOf(ctx, author, person)
	const page = {
		heading: row.name,
		alert,
		notice: noticeOf(ctx, DONE),
		person: row,
		action: `/admin/people/${person.id}/`,
		profile: ctx.blog.config.languages.map((code) => ({
			href: `/${code}/author/${encodeURIComponent(person.slug)}/`,
			text: languageName(code),
			lang: code,
		})),
		roles: rolesFor(ctx, person.role),
		isDisabled: person.disabled_at !== null,
		hasSecond: Boolean(person.totp_secret),
		mayLink: Boolean(person.email) && person.disabled_at === null,
		heirs: others.map((other) => ({
			value: String(other.id),
			text: nameIn({ names: other.names, email: other.email ?? '' }, locale),
			checked: other.id === author.id,
		})),
		postsLeft: t('people.postsLeft', { count: Number(person.posts) }),
	}
	adminPage(ctx, author, 'person', page, status)
}

/** i18n: people.states.disabled people.states.imported people.states.active */
function rowOf({ state: { t, locale }, blog: { config } }: Context, author: SignedIn, person: Person) {
	const state = person.disabled_at !== null ? 'disabled' : person.password_hash === null ? 'imported' : 'active'
	const seen = person.seen && formatMoment(person.seen, locale, config.timezone).text
	return {
		href: `/admin/people/${person.id}/`,
		name: nameIn({ names: person.names, email: person.email ?? person.slug }, locale),
		email: person.email ?? '',
		role: t(`admin.roles.${person.role}`),
		state,
		isYou: person.id === author.id,
		marks: [
			...(state === 'active' ? [] : [t(`people.states.${state}`)]),
			t('people.posts', { count: Number(person.posts) }),
			...(person.totp_secret ? [t('people.hasSecond')] : []),
			...(seen ? [t('people.seen', { when: seen })] : []),
		].join(' · '),
	}
}

function rolesFor({ state: { t } }: Context, chosen: Role) {
	return ROLES.map((role) => ({
		value: role,
		text: t(`admin.roles.${role}`),
		hint: t(`people.roles.${role}`),
		checked: role === chosen,
	}))
}

/** @throws HttpError 400 */
function roleOf(form: URLSearchParams): Role {
	const role = ROLES.find((known) => known === form.get('role'))
	if (!role) throw new HttpError(400)
	return role
}
