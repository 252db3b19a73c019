import { request } from 'undici'
import type { Time } from '../db/schema.ts'

/** What a server of our own has answered. */
export interface OwnAnswer {
	status: number
	/** Where a redirect leads. */
	location?: string
	/** Its clock, if it told. */
	date?: Time
	/** The beginning of the body. */
	text: string
}

const DEADLINE = 10_000
const MOST_BYTES = 2 << 20

/**
 * Asks the blog itself at an address that its owner has set: no redirects are followed, no private address is refused.
 * @throws Error when there is no answer
 */
export async function askOwn(url: string, headers: Record<string, string> = {}): Promise<OwnAnswer> {
	// Who asks so isn't counted as a reader.
	const told = { 'user-agent': 'Otklik doctor (bot)', accept: '*/*', ...headers }
	const answer = await request(url, { signal: AbortSignal.timeout(DEADLINE), headers: told })
	const date = Date.parse(String(answer.headers.date))
	return {
		status: answer.statusCode,
		location: answer.headers.location as string | undefined,
		date: Number.isNaN(date) ? undefined : date,
		text: await beginning(answer.body),
	}
}

async function beginning(body: AsyncIterable<Buffer>): Promise<string> {
	const chunks: Buffer[] = []
	let bytes = 0
	for await (const chunk of body) {
		chunks.push(chunk)
		bytes += chunk.length
		if (bytes >= MOST_BYTES) break
	}
	return Buffer.concat(chunks).toString('utf8')
}
