import { request } from 'node:http'

/** What browsers send. */
export const BROWSER = { 'accept-encoding': 'gzip, deflate, br, zstd', accept: 'text/html' }

/** One answer as it came over the wire. */
export interface Copy {
	status: number
	/** Names and values in turn. */
	headers: string[]
	body: Buffer
	/** Bytes of the answer with its head. */
	bytes: number
}

/** Asks for a page as a browser does. */
export function copyOf(url: string, headers: Record<string, string> = BROWSER): Promise<Copy> {
	return new Promise((resolve, reject) => {
		const asked = request(url, { headers, agent: false }, (response) => {
			const chunks: Buffer[] = []
			response.on('data', (chunk) => chunks.push(chunk))
			response.on('error', reject)
			response.on('end', () =>
				resolve({
					status: response.statusCode!,
					headers: response.rawHeaders,
					body: Buffer.concat(chunks),
					bytes: response.socket.bytesRead,
				}),
			)
		})
		asked.on('error', reject)
		asked.end()
	})
}

/** A header of a copy. */
export function headerOf({ headers }: Copy, name: string): string | undefined {
	const at = headers.findIndex((header, index) => index % 2 === 0 && header.toLowerCase() === name)
	return at === -1 ? undefined : headers[at + 1]
}
