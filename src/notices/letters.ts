import type { Translate } from '../i18n/catalog.ts'
import type { Block, Letter } from './letter.ts'

/** What every letter to somebody leans on: their language, the blog's name and address in it. */
export interface Desk {
	locale: string
	t: Translate
	site: string
	siteUrl: string
}

/** A response as letters quote it. */
export interface Quoted {
	id: number
	name: string
	text: string
	lang: string
	/** The title of its post. */
	title: string
}

/** To an author: somebody has responded. */
export function responseLetter(desk: Desk, response: Quoted, url: string): Letter {
	const { t, locale, site } = desk
	return {
		locale,
		subject: t('mail.response.subject', { title: response.title }),
		blocks: [
			{ text: t('mail.response.intro', named(t, response)) },
			quote(response),
			{ links: [{ text: t('mail.response.read'), href: url }, ...decisions(desk, response.id, ['spam', 'trash'])] },
		],
		footer: [{ text: t('mail.response.why', { site }) }],
	}
}

/** To a moderator: so many responses wait; those that wait longest are shown. */
export function heldLetter(desk: Desk, responses: Quoted[], count: number): Letter {
	const { t, locale, site, siteUrl } = desk
	const queue = { text: t('mail.held.queue'), href: `${siteUrl}/admin/responses/?state=held` }
	return {
		locale,
		subject: t('mail.held.subject', { count, site }),
		blocks: [
			{ text: t('mail.held.intro', { count }) },
			{ links: [queue] },
			...responses.flatMap((response) => [
				{ text: t('mail.held.one', named(t, response)) },
				quote(response),
				{ links: decisions(desk, response.id, ['approve', 'spam', 'trash']) },
			]),
		],
		footer: [{ text: t('mail.held.why', { site }) }],
	}
}

/** To a reader: somebody has replied. */
export function replyLetter({ t, locale, site }: Desk, reply: Quoted, url: string, leaveUrl: string): Letter {
	return {
		locale,
		subject: t('mail.reply.subject', { title: reply.title }),
		blocks: [
			{ text: t('mail.reply.intro', named(t, reply)) },
			quote(reply),
			{ links: [{ text: t('mail.reply.read'), href: url }] },
		],
		footer: [{ text: t('mail.reply.why', { site }) }, { links: [{ text: t('mail.reply.leave'), href: leaveUrl }] }],
	}
}

/** To whoever has the address a reader gave: nothing that the reader wrote is in it. */
export function confirmLetter({ t, locale, site }: Desk, title: string, url: string): Letter {
	return {
		locale,
		subject: t('mail.confirm.subject'),
		blocks: [
			{ text: t('mail.confirm.intro', { title, site }) },
			{ text: t('mail.confirm.how') },
			{ links: [{ text: t('mail.confirm.link'), href: url }] },
		],
		footer: [{ text: t('mail.confirm.why') }],
	}
}

/** To an author: these pages couldn't be told of links to them. */
export function undeliveredLetter({ t, locale, site }: Desk, title: string, pages: string[], logUrl: string): Letter {
	return {
		locale,
		subject: t('mail.undelivered.subject', { title }),
		blocks: [
			{ text: t('mail.undelivered.intro', { title }) },
			{ quote: pages.join('\n'), lang: locale },
			{ links: [{ text: t('mail.undelivered.log'), href: logUrl }] },
		],
		footer: [{ text: t('mail.undelivered.why', { site }) }],
	}
}

function named(t: Translate, { name, title }: Quoted) {
	return { name: name || t('responses.anonymous'), title }
}

function quote({ text, lang }: Quoted): Block {
	return { quote: text, lang }
}

type Action = 'approve' | 'spam' | 'trash'

/** Links to the queue, which asks to sign in and then for a confirmation; opening one changes nothing. */
function decisions({ t, siteUrl }: Desk, id: number, actions: Action[]) {
	const texts = { approve: t('mail.approve'), spam: t('mail.spam'), trash: t('mail.trash') }
	return actions.map((action) => ({
		text: texts[action],
		href: `${siteUrl}/admin/responses/?id=${id}&action=${action}`,
	}))
}
