import type { IncomingMessage } from 'node:http'

/**
 * Settles what a request asks for (RFC 9112, 3.2): the absolute form is read as its path, whatever host it names, for
 * no answer of ours depends on one. Gives the status to refuse it with, else undefined.
 */
export function settleTarget(request: IncomingMessage): 400 | 405 | undefined {
	// A fragment isn't for servers; Koa reads an address that has one by other rules, and can fail at it.
	const fragment = request.url!.indexOf('#')
	const url = fragment < 0 ? request.url! : request.url!.slice(0, fragment)
	const hosts = countHosts(request.rawHeaders)
	if (request.httpVersionMajor < 1 || hosts > 1 || (hosts === 0 && request.httpVersionMinor === 1)) return 400
	// Asks about the server as a whole.
	if (url === '*' && request.method === 'OPTIONS') return 405
	const path = url.startsWith('/') ? url : pathOf(url)
	if (path === undefined) return 400
	request.url = path
	return undefined
}

/** The path of an absolute form. */
function pathOf(url: string): string | undefined {
	const absolute = /^https?:\/\/[^/?]+(\/.*)?$/i.exec(url)
	return absolute ? (absolute[1] ?? '/') : undefined
}

/** Node keeps the first of them, a proxy before us may have gone by another. */
function countHosts(rawHeaders: string[]): number {
	let hosts = 0
	for (let i = 0; i < rawHeaders.length; i += 2) {
		const name = rawHeaders[i]!
		if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
	}
	return hosts
}
