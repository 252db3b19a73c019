import type { Trx } from '../../db/schema.ts'
import { Discard } from '../../jobs/job.ts'
import { enqueue } from '../../jobs/queries.ts'
import { isExempt, isPrivateSite } from '../../net/exempt.ts'
import { FetchError } from '../../net/fetch.ts'
import type { Out } from './out.ts'

/** What a job of the kind `ping-hub` is about. */
export interface HubPayload {
	hub: string
	locale: string
}

/** Writes the jobs that tell the hubs of a language's feeds that there is news; nothing when no hub is set. */
export async function enqueueHubs(trx: Trx, hubs: string[], locale: string): Promise<void> {
	for (const hub of hubs) {
		await enqueue(trx, 'ping-hub', { hub, locale } satisfies HubPayload, { key: `${locale} ${hub}` })
	}
}

/** Tells a hub which feeds are to be fetched anew (WebSub leaves it open how; hubs take this form since PubSubHubbub). */
export async function pingHub(out: Out, { hub, locale }: HubPayload, signal: AbortSignal): Promise<void> {
	const { config } = out
	if (isPrivateSite(config.siteUrl) && !(await isExempt(hub, config, signal))) throw new Discard('the blog is private')
	const form = new URLSearchParams({ 'hub.mode': 'publish' })
	for (const url of topics(config.siteUrl, locale)) form.append('hub.url', url)
	const { status } = await out
		.fetch(hub, {
			method: 'POST',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: String(form),
			types: /^/,
			purpose: 'telling a hub of news in a feed',
			signal,
		})
		.catch(discardForbidden)
	if (status >= 200 && status < 300) return
	if (status < 500 && status !== 429) throw new Discard(`the hub answered ${status}`)
	throw new Error(`the hub answered ${status}`)
}

/** The feeds that name their hubs: those of all posts of the language, and of the whole blog. */
function topics(siteUrl: string, locale: string): string[] {
	const formats = ['feed/', 'feed/atom/', 'feed/json/']
	return [`/${locale}/`, '/'].flatMap((path) => formats.map((format) => siteUrl + path + format))
}

function discardForbidden(error: unknown): never {
	const isForbidden = error instanceof FetchError && (error.reason === 'forbidden' || error.reason === 'own')
	throw isForbidden ? new Discard(error.message) : error
}
