import { createRequire } from 'node:module'
import type { AkismetClient } from 'akismet-api'
import type { Config } from '../config.ts'
import type { Time } from '../db/schema.ts'
import { createCircuit } from './circuit.ts'

/** What Akismet is told of a response, named as its protocol names it. */
export interface AkismetComment {
	user_ip: string
	user_agent: string
	referrer: string
	permalink: string
	comment_type: string
	comment_author: string
	comment_author_email: string
	comment_author_url: string
	comment_content: string
	/** ISO 8601, as is the next. */
	comment_date_gmt: string
	comment_post_modified_gmt: string
	/** The hidden field of the form and what was typed into it. */
	honeypot: { name: string; value: string }
	/** Why it is asked about once more. */
	recheck_reason?: string
}

/** The owner's Akismet server. Each question ends within the deadline; what isn't an answer is thrown. */
export interface Akismet {
	/** Whether the server takes the key. @throws NoAnswer */
	verifyKey(): Promise<boolean>
	/** Whether a response is spam. @throws NoAnswer or CircuitOpen */
	isSpam(comment: AkismetComment): Promise<boolean>
	/** Tells the server what a response really is. @throws NoAnswer or CircuitOpen */
	submit(comment: AkismetComment, as: 'spam' | 'ham'): Promise<void>
}

/** Akismet said neither yes nor no: it was late, out of reach, or said something else. */
export class NoAnswer extends Error {
	override name = 'NoAnswer'
}

type Settings = Pick<Config, 'akismetKey' | 'akismetUrl' | 'siteUrl' | 'languages'>

const DEADLINE = 5_000
const FAILURES = 5
const PAUSE = 60_000
const LONGEST_ANSWER = 4_096

/** Akismet or a server like it, at AKISMET_URL; `deadline` in milliseconds. */
export function createAkismet(
	config: Settings,
	{ clock, deadline = DEADLINE }: { clock: () => Time; deadline?: number },
): Akismet {
	const circuit = createCircuit({ failures: FAILURES, pause: PAUSE, clock })
	const ask = <T>(question: (client: Client) => PromiseLike<T>, reason?: string) =>
		answerOf(config, async () => {
			const client = await clientOf(config, reason)
			return within(deadline, () => question(client))
		})
	return {
		verifyKey: () => ask((client) => client.verifyKey()),
		isSpam: (comment) => circuit(() => ask((client) => client.checkSpam(told(comment)), comment.recheck_reason)),
		submit: (comment, as) => circuit(() => ask((client) => submission(client, told(comment), as))),
	}
}

/** What the client has beside what its types say. */
interface Client extends AkismetClient {
	rootEndpoint: string
	endpoint: string
	/** Sent with every question. */
	requestOpts: Record<string, string>
}

async function clientOf({ akismetKey, akismetUrl, siteUrl, languages }: Settings, reason?: string): Promise<Client> {
	const { AkismetClient } = await loadClient()
	const options = { key: akismetKey, blog: siteUrl, lang: languages.join(', '), charset: 'UTF-8' }
	const client = new AkismetClient({ ...options, userAgent: 'Otklik/1.0 | akismet-api/6.0' }) as Client
	// By itself it puts the key into the host name, where only Akismet's own servers look for it.
	client.rootEndpoint = akismetUrl
	client.endpoint = akismetUrl
	client.requestOpts = { ...client.requestOpts, api_key: akismetKey, ...(reason && { recheck_reason: reason }) }
	return client
}

type Told = Parameters<AkismetClient['checkSpam']>[0]

function told({ honeypot, recheck_reason: _, ...comment }: AkismetComment): Told {
	return { ...comment, honeypot_field_name: honeypot.name, [honeypot.name]: honeypot.value } as Told
}

async function submission(client: Client, comment: Told, as: 'spam' | 'ham'): Promise<void> {
	const answer: unknown = await (as === 'spam' ? client.submitSpam(comment) : client.submitHam(comment))
	const { text } = answer as { text?: string }
	if (!text?.startsWith('Thanks')) throw new Error(text)
}

type Failure = Error & { status?: number; code?: string; timeout?: number }

/** Errors of the client hold the request with the key and the whole response: only a line of them goes on. */
async function answerOf<T>({ akismetKey }: Settings, ask: () => PromiseLike<T>): Promise<T> {
	try {
		return await ask()
	} catch (error) {
		const { status, code, timeout, message } = error as Failure
		const late = timeout && `nothing within ${timeout} ms`
		const said = late || (status && `status ${status}`) || code || JSON.stringify(String(message).slice(0, 100))
		throw new NoAnswer(`Akismet gave no answer: ${String(said).replaceAll(akismetKey, '…')}`)
	}
}

interface Request {
	timeout(limits: { deadline: number }): Request
	maxResponseSize(bytes: number): Request
	redirects(most: number): Request
}

let deadlineNow = DEADLINE
let loaded: Promise<typeof import('akismet-api')> | undefined

/** Loaded when the first question is asked: most of what it brings is never used. */
function loadClient() {
	loaded ??= import('akismet-api').then((client) => {
		boundRequests()
		return client
	})
	return loaded
}

/**
 * The client sets no bounds of its own and has no place for them, but it makes all its requests by this function, and
 * is the only one here that does.
 */
function boundRequests(): void {
	const superagent = createRequire(createRequire(import.meta.url).resolve('akismet-api'))('superagent')
	const post: (url: string) => Request = superagent.post
	superagent.post = (url: string) =>
		post(url).timeout({ deadline: deadlineNow }).maxResponseSize(LONGEST_ANSWER).redirects(0)
}

/** The client makes its request before it returns. */
function within<T>(deadline: number, ask: () => PromiseLike<T>): PromiseLike<T> {
	deadlineNow = deadline
	return ask()
}
