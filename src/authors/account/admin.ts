import { languageName } from '../../i18n/languages.ts'
import { enqueue } from '../../jobs/queries.ts'
import { wake } from '../../jobs/wake.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import type { AccountPage } from '../../views/people-model.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf, textOf } from '../../web/fields.ts'
import { noticeOf } from '../../web/notice.ts'
import { queryOf } from '../../web/query.ts'
import { isEmailTaken, listProfiles, storeProfiles, updateAccount } from '../account-queries.ts'
import { auditDoor } from '../audit-queries.ts'
import { currentProblem } from '../current.ts'
import type { AuthorHandler } from '../guard.ts'
import { takeLink } from '../link-queries.ts'
import { linkOf } from '../links.ts'
import { isEmail, isName, LONGEST_BIO } from '../person.ts'
import type { SignedIn } from '../sessions.ts'
import { tabsOf } from '../tabs.ts'

const DONE = { saved: 'admin.done.saved', email: 'people.emailChanged', asked: 'people.emailAsked' }

interface Profile {
	locale: string
	name: string
	bio: string
	errors: { name?: string; bio?: string }
}

/** What was filled in and couldn't be taken. */
interface Refused {
	profiles?: Profile[]
	email?: { value: string; error?: string; current?: string }
}

/** Who an author is to readers, and the address they sign in by. */
export const accountPage: AuthorHandler = (ctx, author) => show(ctx, author)

/** Saves the names, what is told of the author, and the language of their pages. */
export const saveAccount: AuthorHandler = async (ctx, author) => {
	const form = await readForm(ctx)
	const profiles = ctx.blog.config.languages.map((locale) => readProfile(form, locale))
	if (profiles.every(({ name }) => name === '')) profiles[0]!.errors.name = ctx.state.t('admin.nameWrong')
	for (const profile of profiles) check(ctx, profile)
	if (profiles.some(({ errors }) => errors.name || errors.bio)) return show(ctx, author, { profiles }, 422)
	const { db } = ctx.blog
	await db.transaction().execute((trx) =>
		storeProfiles(
			trx,
			author.id,
			profiles.map(({ errors, ...kept }) => kept),
		),
	)
	leadTo(ctx, '/admin/account/?done=saved')
}

/** Changes the e-mail: at once where the blog sends no mail, else when the new mailbox has answered. */
export const changeEmail: AuthorHandler = async (ctx, author) => {
	const form = await readForm(ctx)
	const { db, config, clock } = ctx.blog
	const email = lineOf(form, 'address').toLowerCase()
	const current = await currentProblem(ctx, author.id, form)
	const error = await emailProblem(ctx, author, email)
	if (current || error) {
		const told = { value: email, error: error && ctx.state.t(error), current: current && ctx.state.t(current) }
		return show(ctx, author, { email: told }, 422)
	}
	if (config.smtpUrl === '') {
		await storeEmail(ctx, author, email)
		return leadTo(ctx, '/admin/account/?done=email')
	}
	const payload = { author: author.id, email, locale: ctx.state.locale, since: clock() }
	await db.transaction().execute((trx) => enqueue(trx, 'mail.email', payload))
	wake()
	leadTo(ctx, '/admin/account/?done=asked')
}

/** Where the letter to the new mailbox leads: reading changes nothing, the button does. */
export const confirmEmailPage: AuthorHandler = async (ctx, author) => {
	const { t } = ctx.state
	const token = queryOf(ctx).get('token') ?? ''
	const link = await findOurs(ctx, author, token)
	if (!link) return linkEnded(ctx, author)
	const text = t('people.emailAsk', { email: link.email })
	adminPage(ctx, author, 'question', {
		heading: t('people.email'),
		text,
		action: '/admin/account/email/confirm/',
		fields: [{ name: 'token', value: token }],
		button: t('people.emailConfirm'),
	})
}

/** Takes the new e-mail. */
export const confirmEmail: AuthorHandler = async (ctx, author) => {
	const link = await findOurs(ctx, author, (await readForm(ctx)).get('token') ?? '')
	if (!link || (await emailProblem(ctx, author, link.email))) return linkEnded(ctx, author)
	await storeEmail(ctx, author, link.email, link.token_hash)
	leadTo(ctx, '/admin/account/?done=email')
}

async function storeEmail(
	{ blog: { db, clock } }: Context,
	author: SignedIn,
	email: string,
	hash?: string,
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		if (hash !== undefined && !(await takeLink(trx, hash))) return
		await auditDoor(trx, {
			authorId: author.id,
			action: 'account-email',
			name: `${author.email} → ${email}`,
			now: clock(),
		})
		await updateAccount(trx, author.id, { email })
	})
}

async function emailProblem({ blog }: Context, author: SignedIn, email: string): Promise<string | undefined> {
	if (!isEmail(email)) return 'admin.emailWrong'
	return (await isEmailTaken(blog.db, email, author.id)) ? 'admin.emailTaken' : undefined
}

async function findOurs({ blog: { db, clock } }: Context, author: SignedIn, token: string) {
	const link = await linkOf(db, token, clock(), ['email'])
	return link?.author_id === author.id ? { ...link, ...(JSON.parse(link.data) as { email: string }) } : undefined
}

function readProfile(form: URLSearchParams, locale: string): Profile {
	return { locale, name: lineOf(form, `name-${locale}`), bio: textOf(form, `bio-${locale}`).trim(), errors: {} }
}

function check({ state: { t } }: Context, { name, bio, errors }: Profile): void {
	if (name !== '' && !isName(name)) errors.name = t('admin.nameWrong')
	if (bio.length > LONGEST_BIO) errors.bio = t('admin.errors.long')
	// Without a name in a language there is no page to tell of the author on.
	if (bio !== '' && name === '') errors.name = t('admin.nameWrong')
}

async function show(ctx: Context, author: SignedIn, { profiles, email }: Refused = {}, status = 200): Promise<void> {
	const { t } = ctx.state
	const stored = await listProfiles(ctx.blog.db, author.id)
	const empty = { name: '', bio: '', errors: {} }
	const known = (locale: string) => ({ ...empty, ...stored.find((row) => row.locale === locale), locale })
	const shown: Profile[] = profiles ?? ctx.blog.config.languages.map(known)
	const page = {
		heading: t('people.account'),
		alert: status === 200 ? undefined : t('admin.mistakes'),
		notice: noticeOf(ctx, DONE),
		tabs: tabsOf(ctx),
		profiles: shown.map(({ locale, name, bio, errors }) => ({
			locale,
			language: languageName(locale),
			nameId: `name-${locale}`,
			bioId: `bio-${locale}`,
			nameLabel: t('admin.name'),
			name: { value: name, error: errors.name },
			bio: { value: bio, error: errors.bio },
		})),
		email: author.email,
		address: { value: email?.value ?? '', error: email?.error },
		current: { value: '', error: email?.current },
		addressHint: t(ctx.blog.config.smtpUrl === '' ? 'people.emailAtOnce' : 'people.emailByMail'),
	} satisfies Partial<AccountPage>
	adminPage(ctx, author, 'account', page, status)
}

function linkEnded(ctx: Context, author: SignedIn): void {
	const { t } = ctx.state
	const link = { href: '/admin/account/', text: t('people.account') }
	adminPage(ctx, author, 'message', { heading: t('admin.linkEnded'), text: t('people.emailLinkEnded'), link }, 404)
}
