import { adminPage } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { redirect } from '../../web/redirect.ts'
import { readAccount } from '../account-queries.ts'
import { choosePassword, EmailTaken, LinkEnded, setUpOwner } from '../accounts.ts'
import { enter } from '../admin.ts'
import { linkOf } from '../links.ts'
import { passwordProblem, SHORTEST_PASSWORD } from '../password.ts'

const LONGEST_NAME = 80
const LONGEST_EMAIL = 254

type Link = NonNullable<Awaited<ReturnType<typeof linkOf>>>

/** What was filled in, and what is wrong with it: keys of the catalog. */
interface Filled {
	token: string
	name: string
	email: string
	password: string
	errors: { name?: string; email?: string; password?: string }
}

/** The form behind a one-time link: it makes the owner, or asks an author for a password. */
export async function setupPage(ctx: Context): Promise<void> {
	const token = queryOf(ctx).get('token') ?? ''
	const link = await linkOf(ctx.blog.db, token, ctx.blog.clock())
	if (!link) return linkEnded(ctx)
	await showForm(ctx, link, { token, name: '', email: '', password: '', errors: {} })
}

/** Makes the owner, or gives the author of the link a password; signs in. */
export async function setUp(ctx: Context): Promise<void> {
	const form = await readForm(ctx)
	const token = form.get('token') ?? queryOf(ctx).get('token') ?? ''
	const link = await linkOf(ctx.blog.db, token, ctx.blog.clock())
	if (!link) return linkEnded(ctx)
	const account = link.author_id === null ? undefined : await readAccount(ctx.blog.db, link.author_id)
	const filled = check(
		{
			token,
			name: account?.name ?? lineOf(form, 'name'),
			email: account?.email ?? lineOf(form, 'email').toLowerCase(),
			password: form.get('password') ?? '',
		},
		new URL(ctx.blog.config.siteUrl).hostname,
	)
	if (Object.keys(filled.errors).length > 0) return showForm(ctx, link, filled, 422)
	try {
		await enter(ctx, await useLink(ctx, link, filled))
		redirect(ctx, '/admin/', 303)
	} catch (error) {
		if (error instanceof LinkEnded) return linkEnded(ctx)
		if (!(error instanceof EmailTaken)) throw error
		await showForm(ctx, link, { ...filled, errors: { email: 'admin.emailTaken' } }, 422)
	}
}

async function useLink({ blog, state }: Context, link: Link, { name, email, password }: Filled): Promise<number> {
	if (link.author_id !== null) {
		await choosePassword(blog.db, link, password)
		return link.author_id
	}
	const { languages } = blog.config
	return setUpOwner(blog.db, link, { name, email, password, language: state.locale, languages, now: blog.clock() })
}

/** i18n: admin.password.short admin.password.long admin.password.personal admin.password.same admin.password.common */
function check(filled: Omit<Filled, 'errors'>, host: string): Filled {
	const { name, email, password } = filled
	const errors: Filled['errors'] = {}
	if (name === '' || name.length > LONGEST_NAME) errors.name = 'admin.nameWrong'
	if (email.length > LONGEST_EMAIL || !/^[^\s@<>]+@[^\s@<>]+$/.test(email)) errors.email = 'admin.emailWrong'
	const problem = passwordProblem(password, [email, email.split('@')[0]!, name, host])
	if (problem) errors.password = `admin.password.${problem}`
	return { ...filled, errors }
}

async function showForm(ctx: Context, link: Link, { token, errors, ...filled }: Filled, status = 200): Promise<void> {
	const { t } = ctx.state
	const account = link.author_id === null ? undefined : await readAccount(ctx.blog.db, link.author_id)
	const told = (key: keyof typeof errors) => errors[key] && t(errors[key], { least: String(SHORTEST_PASSWORD) })
	adminPage(
		ctx,
		undefined,
		'setup',
		{
			heading: t(account ? 'admin.choosePassword' : 'admin.setup'),
			alert: status === 200 ? undefined : t('admin.mistakes'),
			intro: t(account ? 'admin.choosePasswordIntro' : 'admin.setupIntro'),
			token,
			account: account && (account.email ?? ''),
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
	adminPage(ctx, undefined, 'message', { heading: t('admin.linkEnded'), text: t('admin.linkEndedText'), link }, 404)
}
