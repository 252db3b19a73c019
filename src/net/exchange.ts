import { isIPv6, type LookupFunction } from 'node:net'

const LONGEST_HEADERS = 32 * 1024
const MOST_ADDRESSES = 4
const CONNECT_PATIENCE = 5_000
const NEXT_ADDRESS = 1_000

/** One request. */
export interface Question {
	url: URL
	method: 'GET' | 'HEAD' | 'POST'
	/** Names in lower case. */
	headers: Record<string, string>
	body?: string | Uint8Array
}

/** One answer, its body not read yet. */
export interface Answer {
	status: number
	headers: Headers
	body: AsyncIterable<Buffer>
	/** Ends the connection. */
	close(): void
}

/**
 * Sends a request to these addresses and to no other, whatever the name in it stands for by now; TLS is proved by the
 * name. Each has a connection of its own. @throws Error, the signal's reason when it is ended by that
 */
export async function exchange(
	{ url, ...question }: Question,
	addresses: string[],
	signal: AbortSignal,
): Promise<Answer> {
	const { Client } = await import('undici')
	const client = new Client(url.origin, {
		allowH2: false,
		maxHeaderSize: LONGEST_HEADERS,
		// The signal says when it is enough.
		headersTimeout: 0,
		bodyTimeout: 0,
		connect: {
			lookup: pinned(addresses.slice(0, MOST_ADDRESSES)),
			autoSelectFamily: true,
			autoSelectFamilyAttemptTimeout: NEXT_ADDRESS,
			timeout: CONNECT_PATIENCE,
			rejectUnauthorized: true,
		},
	})
	const end = () => void client.destroy(signal.reason)
	const close = () => {
		signal.removeEventListener('abort', end)
		void client.destroy()
	}
	signal.addEventListener('abort', end)
	try {
		signal.throwIfAborted()
		const { statusCode, headers, body } = await client.request({
			...question,
			path: url.pathname + url.search,
			reset: true,
		})
		body.on('error', () => {})
		return { status: statusCode, headers: collected(headers), body, close }
	} catch (error) {
		close()
		throw error
	}
}

function pinned(addresses: string[]): LookupFunction {
	const answers = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
	return (_, { all }, callback) => {
		if (all) callback(null, answers)
		else callback(null, answers[0]!.address, answers[0]!.family)
	}
}

/** Bytes beyond ASCII are percent-encoded: that is what addresses in Location and Link need. */
function collected(raw: Record<string, string | string[] | undefined>): Headers {
	const headers = new Headers()
	for (const [name, values] of Object.entries(raw)) {
		for (const value of [values ?? []].flat()) {
			headers.append(
				name,
				value.replace(/[^\x20-\x7e\t]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
			)
		}
	}
	return headers
}
