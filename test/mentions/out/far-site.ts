import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request that came to the far site. */
export interface Asked {
	method: string
	path: string
	headers: IncomingMessage['headers']
	body: string
}

/** An answer of the far site; nothing at all when it hangs. */
export type Says = { status?: number; headers?: Record<string, string>; body?: string } | 'hangs'

/** Somebody's site: what it answers is said by path, `*` for all others. */
export interface FarSite {
	/** As FETCH_ALLOW takes it. */
	place: string
	url: string
	says: Record<string, Says | ((asked: Asked) => Says)>
	asked: Asked[]
	/** What was posted to it, as forms. */
	told(): { path: string; source: string; target: string }[]
	close(): Promise<void>
}

/** Starts a site on a port of its own. */
export async function startFarSite(): Promise<FarSite> {
	const asked: Asked[] = []
	const says: FarSite['says'] = {}
	const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
		const { method = '', url = '', headers } = request
		const one = { method, path: url, headers, body: await text(request) }
		asked.push(one)
		const word = says[url] ?? says['*'] ?? { status: 404 }
		const answer = typeof word === 'function' ? word(one) : word
		if (answer === 'hangs') return
		response.writeHead(answer.status ?? 200, { 'Content-Type': 'text/html; charset=utf-8', ...answer.headers })
		response.end(answer.body ?? '')
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return {
		place: `127.0.0.1:${port}`,
		url: `http://127.0.0.1:${port}`,
		says,
		asked,
		told: () =>
			asked
				.filter(({ method }) => method === 'POST')
				.map(({ path, body }) => ({ path, form: new URLSearchParams(body) }))
				.map(({ path, form }) => ({ path, source: form.get('source') ?? '', target: form.get('target') ?? '' })),
		close: async () => {
			server.closeAllConnections()
			server.close()
			await once(server, 'close')
		},
	}
}
