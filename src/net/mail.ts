import type { Config } from '../config.ts'
import { isAddress } from './address.ts'

const PATIENCE = 10_000

/** A letter to one person. */
export interface Mail {
	to: string
	/** Whose name it comes under, unless MAIL_FROM says one. */
	fromName: string
	subject: string
	text: string
	html: string
	/** Its name among all letters, without brackets and host: a letter sent twice has it twice. */
	id: string
	/** Names of the letters it belongs after, the first of the conversation first. */
	thread?: string[]
	/** Where a POST ends such letters (RFC 8058). */
	unsubscribe?: string
}

/** The server says for good that it won't take mail for this address: another attempt has no point. */
export class MailRefused extends Error {
	override name = 'MailRefused'
}

/**
 * Hands a letter to the owner's server at SMTP_URL; 10 s without a sign of life count as failure.
 * @throws MailRefused, or whatever went wrong and may go well later
 */
export async function sendMail(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'siteUrl'>, mail: Mail): Promise<void> {
	if (!isAddress(mail.to)) throw new MailRefused('not an e-mail address')
	const { createTransport } = await import('nodemailer')
	const transport = createTransport({
		url: config.smtpUrl,
		connectionTimeout: PATIENCE,
		greetingTimeout: PATIENCE,
		socketTimeout: PATIENCE,
		dnsTimeout: PATIENCE,
		disableFileAccess: true,
		disableUrlAccess: true,
	})
	try {
		await transport.sendMail(message(config, mail))
	} catch (error) {
		throw tellable(error as Error & { code?: string; responseCode?: number })
	} finally {
		transport.close()
	}
}

function message({ mailFrom, siteUrl }: Pick<Config, 'mailFrom' | 'siteUrl'>, mail: Mail) {
	const { host } = new URL(siteUrl)
	const named = (id: string) => `<${id}@${host.replace(/[^\w.-]/g, '-')}>`
	const references = mail.thread?.map(named)
	return {
		from: sender(mailFrom, mail.fromName),
		to: { name: '', address: mail.to },
		subject: line(mail.subject),
		text: mail.text,
		html: mail.html,
		messageId: named(mail.id),
		references,
		inReplyTo: references?.at(-1),
		headers: {
			'Auto-Submitted': 'auto-generated',
			...(mail.unsubscribe && {
				'List-Unsubscribe': `<${mail.unsubscribe}>`,
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			}),
		},
	}
}

function sender(mailFrom: string, fromName: string) {
	const [, name, address = mailFrom] = /^(.*?)\s*<(.*)>$/.exec(mailFrom) ?? []
	return { name: line(name || fromName), address }
}

/** A header is one line. */
function line(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** What may be logged and kept of an error: nobody's address. */
function tellable({ message, code, responseCode = 0 }: Error & { code?: string; responseCode?: number }): Error {
	const told = `mail: ${code}: ${message.replace(/[^\s<>]+@[^\s<>]+/g, '…')}`
	const isFinal = code === 'EENVELOPE' && responseCode >= 550 && responseCode < 560
	return isFinal ? new MailRefused(told) : new Error(told)
}
