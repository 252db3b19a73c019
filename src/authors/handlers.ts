import type { Time } from '../db/schema.ts'
import type { Handler } from '../jobs/attempt.ts'
import { Discard } from '../jobs/job.ts'
import { deskOf, send } from '../notices/handlers.ts'
import type { Office } from '../notices/post.ts'
import { findAccount, readAccount } from './account-queries.ts'
import type { Action } from './actions.ts'
import { doorLetter, emailLetter, invitationLetter, resetLetter } from './letters.ts'
import { listInvitations } from './link-queries.ts'
import { emailLink, invitationUrl, resetLink } from './links.ts'

const HOUR = 60 * 60 * 1000

/** What of a blog letters to its authors are written with. */
type Desk = Office & { secret: string }

/** The jobs of mail to authors, by kind; links are made when the letter is, so that no token waits in the queue. */
export function authorHandlers(office: Desk): Record<string, Handler> {
	return {
		'mail.invitation': (payload) => sendInvitation(office, payload),
		'mail.reset': (payload) => sendReset(office, payload),
		'mail.email': (payload) => sendEmail(office, payload),
		'mail.door': (payload) => tellOfDoor(office, payload),
	}
}

async function sendInvitation(
	office: Desk,
	payload: { invitation: string; by: number; locale: string },
): Promise<void> {
	const { db, clock, config, secret } = office
	const invitation = (await listInvitations(db, clock())).find(({ token_hash }) => token_hash === payload.invitation)
	if (!invitation) throw new Discard('the invitation has ended')
	const by = (await readAccount(db, payload.by))?.name ?? ''
	const { desk } = await deskOf(office, payload.locale)
	const url = invitationUrl({ siteUrl: config.siteUrl, secret }, invitation)
	const letter = invitationLetter(desk, { ...invitation, by }, url)
	await send(office, desk, letter, { to: invitation.email, id: `invitation-${invitation.token_hash.slice(0, 16)}` })
}

async function sendReset(
	office: Desk,
	{ email, locale, since }: { email: string; locale: string; since: Time },
): Promise<void> {
	const { db, config, clock } = office
	const account = await findAccount(db, email)
	// Who came with an import and never had a password has nothing to forget.
	if (!account?.email || !account.password_hash || account.disabled_at !== null) throw new Discard('no such account')
	if (clock() - since > HOUR) throw new Discard('asked too long ago')
	const { desk } = await deskOf(office, account.language ?? locale)
	const letter = resetLetter(desk, await resetLink({ db, siteUrl: config.siteUrl, now: clock() }, account.id))
	await send(office, desk, letter, { to: account.email, id: `reset-${account.id}-${since}` })
}

async function sendEmail(
	office: Desk,
	{ author, email, locale, since }: { author: number; email: string; locale: string; since: Time },
): Promise<void> {
	const { db, config, clock } = office
	if (clock() - since > HOUR) throw new Discard('asked too long ago')
	const { desk } = await deskOf(office, locale)
	const letter = emailLetter(desk, await emailLink({ db, siteUrl: config.siteUrl, now: clock() }, author, email))
	await send(office, desk, letter, { to: email, id: `email-${author}-${since}` })
}

async function tellOfDoor(
	office: Desk,
	{ author, to, action, since }: { author: number; to: string; action: Action; since: number },
): Promise<void> {
	const account = await readAccount(office.db, author)
	if (!account) throw new Discard('no such account')
	const { desk } = await deskOf(office, account.language)
	await send(office, desk, doorLetter(desk, action), { to, id: `door-${author}-${since}` })
}
