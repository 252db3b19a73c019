import { type IncomingHttpHeaders, request } from 'node:http'

export interface Answer {
	status: number
	headers: IncomingHttpHeaders
	text: string
	bytes: Buffer
}

export interface Question {
	method?: string
	headers?: Record<string, string>
	body?: string | Buffer
}

/** Sends one request with `path` and headers just as they are (Host too); redirects aren't followed. */
export function send(
	port: number,
	path: string,
	{ method = 'GET', headers = {}, body }: Question = {},
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
			const chunks: Buffer[] = []
			response.on('data', (chunk) => chunks.push(chunk))
			response.on('error', reject)
			response.on('end', () => {
				const bytes = Buffer.concat(chunks)
				resolve({ status: response.statusCode!, headers: response.headers, text: bytes.toString(), bytes })
			})
		})
		sent.on('error', reject)
		sent.end(body)
	})
}
