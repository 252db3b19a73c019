import { adminPage } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { redirect } from '../../web/redirect.ts'
import { readAccount } from '../account-queries.ts'
import { acceptInvitation, choosePassword, EmailTaken, LinkEnded, setUpOwner } from '../accounts.ts'
import { enter } from '../admin.ts'
import { knownOf } from '../known.ts'
import type { Invitation } from '../link-queries.ts'
import { linkOf } from '../links.ts'
import { PASSWORD_COMMAND, passwordProblem, SHORTEST_PASSWORD } from '../password.ts'
import { isEmail, isName } from '../person.ts'

type Link = NonNullable<Awaited<ReturnType<typeof findOurs>>>

/** What was filled in, and what is wrong with it: keys of the catalog. */
interface Filled {
	token: string
	name: string
	email: string
	password: string
	errors: { name?: string; email?: string; password?: string }
}

/** The form behind a one-time link: it makes the owner, takes an invitation, or asks an author for a password. */
export async function setupPage(ctx: Context): Promise<void> {
	const token = queryOf(ctx).get('token') ?? ''
	const link = await findOurs(ctx, token)
	if (!link) return linkEnded(ctx)
	showForm(ctx, link, { token, name: link.invited?.name ?? '', email: '', password: '', errors: {} })
}

/** Makes the owner or an invited author, or gives the author of the link a password; signs in. */
export async function setUp(ctx: Context): Promise<void> {
	const form = await readForm(ctx)
	const token = form.get('token') ?? queryOf(ctx).get('token') ?? ''
	const link = await findOurs(ctx, token)
	if (!link) return linkEnded(ctx)
	const filled = check(ctx, link, {
		token,
		name: link.account?.name ?? lineOf(form, 'name'),
		email: link.account?.email ?? link.invited?.email ?? lineOf(form, 'email').toLowerCase(),
		password: form.get('password') ?? '',
	})
	if (Object.keys(filled.errors).length > 0) return showForm(ctx, link, filled, 422)
	try {
		const authorId = await useLink(ctx, link, filled)
		// A mailbox alone doesn't stand in for the second factor.
		if (link.account?.totp_secret) return redirect(ctx, '/admin/login/?reset', 303)
		await enter(ctx, authorId)
		redirect(ctx, '/admin/', 303)
	} catch (error) {
		if (error instanceof LinkEnded) return linkEnded(ctx)
		if (!(error instanceof EmailTaken)) throw error
		showForm(ctx, link, { ...filled, errors: { email: 'admin.emailTaken' } }, 422)
	}
}

/** The link with its author or whom it invites; none for those who may not sign in. */
async function findOurs({ blog: { db, clock } }: Context, token: string) {
	const link = await linkOf(db, token, clock(), ['setup', 'password', 'reset', 'invite'])
	if (!link) return undefined
	const account = link.author_id === null ? undefined : await readAccount(db, link.author_id)
	if (account && account.disabled_at !== null) return undefined
	const invited = link.purpose === 'invite' ? (JSON.parse(link.data) as Invitation) : undefined
	return { ...link, account, invited }
}

async function useLink({ blog, state }: Context, link: Link, { name, email, password }: Filled): Promise<number> {
	const { db, config, clock } = blog
	if (link.author_id !== null) {
		await choosePassword(db, link, password, clock())
		return link.author_id
	}
	const account = { name, email, password, language: state.locale, languages: config.languages, now: clock() }
	if (link.invited) return acceptInvitation(db, link, { ...account, role: link.invited.role })
	return setUpOwner(db, link, account)
}

/** i18n: admin.password.short admin.password.long admin.password.personal admin.password.same admin.password.common */
function check(ctx: Context, link: Link, filled: Omit<Filled, 'errors'>): Filled {
	const { name, email, password } = filled
	const errors: Filled['errors'] = {}
	if (!link.account && !isName(name)) errors.name = 'admin.nameWrong'
	if (!link.account && !isEmail(email)) errors.email = 'admin.emailWrong'
	const problem = passwordProblem(password, knownOf(ctx, [email, name]))
	if (problem) errors.password = `admin.password.${problem}`
	return { ...filled, errors }
}

/** i18n: people.invited.owner people.invited.editor people.invited.author */
function showForm(ctx: Context, { account, invited }: Link, { token, errors, ...filled }: Filled, status = 200): void {
	const { t } = ctx.state
	const told = (key: keyof typeof errors) => errors[key] && t(errors[key], { least: String(SHORTEST_PASSWORD) })
	const intro = invited ? t(`people.invited.${invited.role}`) : t('admin.setupIntro')
	adminPage(
		ctx,
		undefined,
		'setup',
		{
			heading: t(account ? 'admin.choosePassword' : 'admin.setup'),
			alert: status === 200 ? undefined : t('admin.mistakes'),
			intro: account ? t('admin.choosePasswordIntro') : intro,
			token,
			account: account && (account.email ?? ''),
			invited: invited?.email,
			emailError: invited && told('email'),
			name: { value: filled.name, error: told('name') },
			email: { value: filled.email, error: told('email') },
			// A password is never sent back.
			password: { value: '', error: told('password') },
			passwordHint: t('admin.passwordHint', { least: String(SHORTEST_PASSWORD) }),
		},
		status,
	)
}

function linkEnded(ctx: Context): void {
	const { t } = ctx.state
	const link = { href: '/admin/login/', text: t('admin.signIn') }
	const text = t('admin.linkEndedText', { command: PASSWORD_COMMAND })
	adminPage(ctx, undefined, 'message', { heading: t('admin.linkEnded'), text, link }, 404)
}
