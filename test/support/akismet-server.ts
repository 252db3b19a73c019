import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** What the server does with questions about comments. */
export type Mode = 'working' | 'slow' | 'trickling' | 'broken' | 'long' | 'zipped' | 'error' | 'invalid' | 'redirect'

/** A question it was asked. */
export interface Asked {
	/** `comment-check`, `verify-key`, `submit-spam`, `submit-ham`. */
	method: string
	host: string
	form: Record<string, string>
}

/** A server that speaks the Akismet protocol. */
export interface AkismetServer {
	/** As AKISMET_URL takes it. */
	url: string
	asked: Asked[]
	mode: Mode
	/** Resolves when the next connection is ended by the one who asked. */
	hungUp(): Promise<void>
	stop(): Promise<void>
	/** Listens again where it did. */
	start(): Promise<void>
}

/** The only key it takes; texts with `viagra-test-123` in the author's name are spam. */
export const KEY = 'abc123def456'
const SPAMMER = 'viagra-test-123'

/** Starts such a server on a port of its own. */
export async function startAkismet(): Promise<AkismetServer> {
	const waiting: (() => void)[] = []
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = []
		for await (const chunk of request) chunks.push(chunk)
		const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
		const method = request.url!.split('/').at(-1)!
		akismet.asked.push({ method, host: request.headers.host!, form })
		response.on('close', () => {
			if (!response.writableEnded) for (const tell of waiting.splice(0)) tell()
		})
		response.setHeader('Content-Type', 'text/plain; charset=utf-8')
		if (akismet.mode === 'slow') return
		if (akismet.mode === 'trickling') return void response.write('tr')
		if (akismet.mode === 'error') response.statusCode = 500
		if (akismet.mode === 'redirect') response.writeHead(307, { Location: '/1.1/comment-check' })
		if (akismet.mode === 'zipped') response.setHeader('Content-Encoding', 'gzip')
		if (form.comment_author === `${SPAMMER} discard`) response.setHeader('X-akismet-pro-tip', 'discard')
		response.end(bodies[akismet.mode]?.() ?? answer(method, form))
	})
	const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
	await listen(0)
	const { port } = server.address() as AddressInfo
	const akismet: AkismetServer = {
		url: `http://127.0.0.1:${port}/1.1/`,
		asked: [],
		mode: 'working',
		hungUp: () => new Promise((resolve) => waiting.push(resolve)),
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				server.closeAllConnections()
			}),
		start: () => listen(port),
	}
	return akismet
}

const bodies: Partial<Record<Mode, () => string | Buffer>> = {
	broken: () => 'true\n<html>',
	long: () => 'true'.padEnd(1_000_000),
	zipped: () => gzipSync('true'.padEnd(50_000_000)),
	error: () => 'true',
	invalid: () => 'invalid',
	redirect: () => '',
}

function answer(method: string, form: Record<string, string>): string {
	if (method === 'verify-key') return form.key === KEY ? 'valid' : 'invalid'
	if (form.api_key !== KEY) return 'invalid'
	if (method !== 'comment-check') return 'Thanks for making the web a better place.'
	return String(form.comment_author!.startsWith(SPAMMER))
}
