import type { Time } from '../db/schema.ts'
import type { Handler } from '../jobs/attempt.ts'
import { Discard, Retry } from '../jobs/job.ts'
import { cutAtWord, textOf } from '../markdown/text.ts'
import { parse } from '../markdown/tree.ts'
import { listUndelivered } from '../mentions/out/queries.ts'
import { type Mail, MailRefused, sendMail } from '../net/mail.ts'
import { presentPost } from '../posts/joining/queries.ts'
import { loadSettings } from '../settings/settings.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { htmlText, type Letter, plainText } from './letter.ts'
import {
	confirmLetter,
	type Desk,
	heldLetter,
	type Quoted,
	replyLetter,
	responseLetter,
	undeliveredLetter,
} from './letters.ts'
import { type Office, postIn, responseUrl } from './post.ts'
import { findAuthorOf, findReader, findResponse, listHeld, moveToldAt } from './queries.ts'
import { PAUSE, spread } from './spread.ts'
import { findSubscription, type Subscription } from './subscription-queries.ts'

const EXCERPT = 500
/** How many of those that wait are shown in a letter. */
const SHOWN = 5
const MOST_PAGES = 20

/** The jobs of mail, by kind. */
export function noticeHandlers(office: Office): Record<string, Handler> {
	return {
		notices: (payload) => spread(office, payload),
		'mail.response': (payload) => sendResponse(office, payload),
		'mail.held': (payload) => sendHeld(office, payload),
		'mail.reply': (payload) => sendReply(office, payload),
		'mail.confirm': (payload, { attempt }) => sendConfirm(office, payload, attempt),
		'mail.undelivered': (payload) => sendUndelivered(office, payload),
	}
}

async function sendResponse(office: Office, payload: { response: number; author: number }): Promise<void> {
	const response = await findResponse(office.db, payload.response)
	const author = await findReader(office.db, payload.author)
	if (response?.status !== 'approved' || !author) throw new Discard('nothing to tell any more')
	const { desk, settings } = await deskOf(office, author.language)
	const post = await postIn(office, response.post_id, desk.locale)
	const url = post.path ? await responseUrl(office, settings, response, post.path) : `${desk.siteUrl}/admin/responses/`
	const letter = responseLetter(desk, quoted(response, post.title), url)
	const id = `response-${response.id}.author-${author.id}`
	await send(office, desk, letter, { to: author.email, id, thread: [`post-${response.post_id}.author-${author.id}`] })
}

async function sendHeld(office: Office, payload: { author: number }): Promise<void> {
	const { db, clock } = office
	const author = await findReader(db, payload.author)
	const held = await listHeld(db, SHOWN)
	if (!author || held.count === 0) throw new Discard('nothing waits any more')
	const now = clock()
	const rest = (author.told_at ?? 0) + PAUSE - now
	if (rest > 0) throw new Retry(rest, 'told of others not long ago')
	// In a burst there are several such jobs at once: one of them writes.
	if (!(await moveToldAt(db, author.id, author.told_at, now))) throw new Retry(PAUSE, 'told of others right now')
	const { desk } = await deskOf(office, author.language)
	const responses = held.first.map(async (response) =>
		quoted(response, (await postIn(office, response.post_id, desk.locale)).title),
	)
	const letter = heldLetter(desk, await Promise.all(responses), held.count)
	try {
		await send(office, desk, letter, { to: author.email, id: `held-${author.id}-${now}` })
	} catch (error) {
		await moveToldAt(db, author.id, now, author.told_at)
		throw error
	}
}

async function sendReply(office: Office, payload: { response: number; token: string }): Promise<void> {
	const response = await findResponse(office.db, payload.response)
	const subscription = await findSubscription(office.db, payload.token)
	const isWanted = subscription?.confirmed_at && subscription.status === 'approved'
	if (response?.status !== 'approved' || !isWanted) throw new Discard('nobody wants to be told any more')
	const { desk, settings } = await deskOf(office, subscription.locale)
	const post = await postIn(office, response.post_id, desk.locale)
	if (!post.path) throw new Discard('the post is gone')
	const leave = `${subscriptionUrl(desk, subscription)}?leave`
	const url = await responseUrl(office, settings, response, post.path)
	const letter = replyLetter(desk, quoted(response, post.title), url, subscriptionUrl(desk, subscription))
	const id = `response-${response.id}.to-${subscription.comment_id}`
	const thread = [`replies-${subscription.comment_id}`]
	await send(office, desk, letter, { to: subscription.address, id, thread, unsubscribe: leave })
}

async function sendConfirm(office: Office, payload: { token: string }, attempt: number): Promise<void> {
	const subscription = await findSubscription(office.db, payload.token)
	const isPending = subscription && !subscription.confirmed_at && ['approved', 'held'].includes(subscription.status)
	if (!isPending) throw new Discard('nothing to confirm any more')
	const { desk } = await deskOf(office, subscription.locale)
	const { title, path } = await postIn(office, subscription.post_id, desk.locale)
	if (!path) throw new Discard('the post is gone')
	// Whoever writes under a stranger's address fills no letter-box.
	const isTooMany = attempt === 1 && (await secondsToWait(office, 'confirmation to', subscription.email)) > 0
	if (isTooMany) throw new Discard('enough letters to this address today')
	const letter = confirmLetter(desk, title, subscriptionUrl(desk, subscription))
	await send(office, desk, letter, { to: subscription.address, id: `confirm-${subscription.comment_id}` })
}

/** What a letter leans on: the language wanted if the blog has it, the blog's name and address. */
export async function sendUndelivered(office: Office, payload: { post: number; since: Time }): Promise<void> {
	const { db } = office
	const { since } = payload
	// The post may have been joined with another one meanwhile.
	const post = (await presentPost(db, payload.post)) ?? payload.post
	const pages = await listUndelivered(db, post, since, MOST_PAGES)
	const author = await findAuthorOf(db, post)
	if (pages.length === 0 || !author) throw new Discard('nothing to tell any more')
	const { desk } = await deskOf(office, author.language)
	const { title } = await postIn(office, post, desk.locale)
	const letter = undeliveredLetter(desk, title, pages, `${desk.siteUrl}/admin/posts/${post}/mentions/`)
	await send(office, desk, letter, { to: author.email, id: `undelivered-${post}-${since}` })
}

/** What a letter leans on: the language wanted if the blog has it, the blog's name and address. */
export async function deskOf({ db, catalog, config }: Office, wanted: string | null) {
	const settings = await loadSettings(db, catalog)
	const locale = wanted && catalog.languages.includes(wanted) ? wanted : catalog.fallback
	const desk: Desk = { locale, t: catalog.translator(locale), site: settings.title(locale), siteUrl: config.siteUrl }
	return { desk, settings }
}

function quoted({ id, name, html, locale }: { id: number; name: string; html: string; locale: string }, title: string) {
	const text = cutAtWord(textOf(parse(html)), EXCERPT, locale)
	return { id, name, text, lang: locale, title } satisfies Quoted
}

function subscriptionUrl({ siteUrl, locale }: Desk, { token }: Subscription): string {
	return `${siteUrl}/${locale}/subscriptions/${token}/`
}

/** Hands a letter over. @throws Discard when there is no server, or it won't ever take the letter */
export async function send(
	{ config }: Office,
	{ site }: Desk,
	letter: Letter,
	envelope: Pick<Mail, 'to' | 'id' | 'thread' | 'unsubscribe'>,
): Promise<void> {
	if (config.smtpUrl === '') throw new Discard('there is no SMTP_URL')
	const { subject } = letter
	try {
		await sendMail(config, { ...envelope, fromName: site, subject, text: plainText(letter), html: htmlText(letter) })
	} catch (error) {
		throw error instanceof MailRefused ? new Discard(error.message) : error
	}
}
