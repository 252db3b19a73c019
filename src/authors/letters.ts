import type { Role } from '../db/schema.ts'
import type { Letter } from '../notices/letter.ts'
import type { Desk } from '../notices/letters.ts'

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
