import { request } from 'node:http'

/** What browsers send. */
export const BROWSER = {
	accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
	'accept-encoding': 'gzip, deflate, br, zstd',
	'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8',
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
}

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
