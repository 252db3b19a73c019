import { text } from 'node:stream/consumers'
import type { Role } from '../db/schema.ts'
import type { Blog } from '../web/context.ts'
import { findAccount } from './account-queries.ts'
import { addAccount, EmailTaken, setPassword } from './accounts.ts'
import { passwordLink } from './links.ts'
import { type PasswordProblem, passwordProblem, SHORTEST_PASSWORD } from './password.ts'
import { removeSecond } from './second-queries.ts'

const PROBLEMS: Record<PasswordProblem, string> = {
	short: `has fewer than ${SHORTEST_PASSWORD} characters`,
	long: 'is too long',
	personal: 'is little more than the name or the address of its owner',
	common: 'is one of those that are guessed first',
	same: 'has nearly all its characters the same',
}

/**
 * `otklik author add`: with a password from the standard input, or with a link to choose one by.
 * @throws Error when the e-mail address or the password can't be taken
 */
export async function addCommand(
	blog: Blog,
	{ email, name, role, passwordStdin }: { email: string; name: string; role: Role; passwordStdin?: boolean },
): Promise<void> {
	const { db, config, clock } = blog
	if (!/^[^\s@<>]+@[^\s@<>]+$/.test(email)) throw new Error(`"${email}" is no e-mail address`)
	const password = passwordStdin ? goodPassword(await readPassword(), [email, name]) : undefined
	const account = { email: email.toLowerCase(), name, role, languages: config.languages, now: clock() }
	const id = await addAccount(db, account).catch((error) => {
		throw error instanceof EmailTaken ? new Error(`${email} already has an account; see: author password`) : error
	})
	if (password) await setPassword(db, id, password)
	process.stdout.write(`Added ${name} <${email}>, ${role}\n`)
	if (!password) await tellPasswordLink(blog, id)
}

/**
 * `otklik author password EMAIL`: takes the new one from the standard input; from a terminal, or when nothing comes,
 * it gives a link to choose one by. Older sessions end with the old password.
 * @throws Error when there is no such author or the password can't be taken
 */
export async function passwordCommand(
	blog: Blog,
	email: string,
	{ dropSecondStep }: { dropSecondStep?: boolean } = {},
): Promise<void> {
	const account = await findAccount(blog.db, email)
	if (!account) throw new Error(`there is no author with the e-mail ${email}`)
	if (dropSecondStep) {
		await blog.db.transaction().execute((trx) => removeSecond(trx, account.id))
		process.stdout.write(`${email} signs in without a second step\n`)
	}
	const typed = process.stdin.isTTY ? '' : await readPassword()
	if (typed === '') return tellPasswordLink(blog, account.id)
	await setPassword(blog.db, account.id, goodPassword(typed, [email]))
	process.stdout.write(`${email} has a new password\n`)
}

async function tellPasswordLink({ db, config, clock }: Blog, authorId: number): Promise<void> {
	const link = await passwordLink({ db, siteUrl: config.siteUrl, now: clock() }, authorId)
	process.stdout.write(`Set-up link: ${link}\n`)
}

async function readPassword(): Promise<string> {
	return (await text(process.stdin)).replace(/\r?\n$/, '')
}

function goodPassword(password: string, known: string[]): string {
	const problem = passwordProblem(password, known)
	if (problem) throw new Error(`the password ${PROBLEMS[problem]}`)
	return password
}
