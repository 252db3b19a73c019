import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a page of the other blog answers. */
export interface SourcePage {
	status?: number
	headers?: Record<string, string>
	body?: string | Buffer
	/** Instead of all that. */
	answer?: (response: ServerResponse) => void
}

/** Another blog, whose pages tests make up as they go. */
export interface SourceServer {
	/** Its address without a final slash. */
	url: string
	/** `127.0.0.1:PORT`, as FETCH_ALLOW takes it. */
	allow: string
	/** By path. */
	pages: Map<string, SourcePage>
	/** What was asked for, in turn. */
	asked: { path: string; headers: IncomingHttpHeaders; at: number }[]
	/** Puts an HTML page at a path, and gives its address. */
	put(path: string, body: string | Buffer, headers?: Record<string, string>): string
	close(): Promise<void>
}

/** Starts it on a port of its own. */
export async function startSource(): Promise<SourceServer> {
	const pages = new Map<string, SourcePage>()
	const asked: SourceServer['asked'] = []
	const server = createServer((request, response) => {
		asked.push({ path: request.url!, headers: request.headers, at: Date.now() })
		const page = pages.get(request.url!) ?? { status: 404, body: 'nothing here' }
		if (page.answer) return page.answer(response)
		response.writeHead(page.status ?? 200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers })
		response.end(page.body)
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo
	const url = `http://127.0.0.1:${port}`
	return {
		url,
		allow: `127.0.0.1:${port}`,
		pages,
		asked,
		put(path, body, headers) {
			pages.set(path, { body, headers })
			return url + path
		},
		close: async () => {
			server.closeAllConnections()
			await new Promise((resolve) => server.close(resolve))
		},
	}
}
