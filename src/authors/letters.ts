import type { Role } from '../db/schema.ts'
import type { Letter } from '../notices/letter.ts'
import type { Desk } from '../notices/letters.ts'
import type { Action } from './actions.ts'

/** To somebody who is invited to write. i18n: mail.invitation.owner mail.invitation.editor mail.invitation.author */
export function invitationLetter(
	{ t, locale, site }: Desk,
	person: { name: string; role: Role; by: string },
	url: string,
): Letter {
	return {
		locale,
		subject: t('mail.invitation.subject', { site }),
		blocks: [
			{ text: t('mail.invitation.intro', { name: person.name, by: person.by, site }) },
			{ text: t(`mail.invitation.${person.role}`) },
			{ links: [{ text: t('mail.invitation.link'), href: url }] },
		],
		footer: [{ text: t('mail.invitation.why') }],
	}
}

/** To an author who has forgotten the password. */
export function resetLetter({ t, locale, site }: Desk, url: string): Letter {
	return {
		locale,
		subject: t('mail.reset.subject', { site }),
		blocks: [{ text: t('mail.reset.intro', { site }) }, { links: [{ text: t('mail.reset.link'), href: url }] }],
		footer: [{ text: t('mail.reset.why') }],
	}
}

/** To the new address of an author: is it theirs? */
export function emailLetter({ t, locale, site }: Desk, url: string): Letter {
	return {
		locale,
		subject: t('mail.email.subject', { site }),
		blocks: [{ text: t('mail.email.intro', { site }) }, { links: [{ text: t('mail.email.link'), href: url }] }],
		footer: [{ text: t('mail.email.why') }],
	}
}

/** To an author by whose account something of the door was changed: was it they? */
export function doorLetter({ t, locale, site, siteUrl }: Desk, action: Action): Letter {
	// i18n: mail.door.account-password mail.door.account-email mail.door.account-reset mail.door.account-totp-on
	// i18n: mail.door.account-totp-off mail.door.account-codes mail.door.account-passkey
	// i18n: mail.door.account-passkey-removed mail.door.account-application
	const link = { text: t('mail.door.link'), href: `${siteUrl}/admin/account/security/` }
	return {
		locale,
		subject: t('mail.door.subject', { site }),
		blocks: [{ text: t(`mail.door.${action}`, { site }) }, { links: [link] }],
		footer: [{ text: t('mail.door.why') }],
	}
}
