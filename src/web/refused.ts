import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { negotiate } from '../i18n/negotiate.ts'
import { barePage } from '../views/bare.ts'
import type { Blog } from './context.ts'
import { headersFor } from './headers.ts'

/** What Node says of a request that it couldn't read, with as much of it as there is. */
type Unreadable = Error & { code?: string; rawPacket?: Buffer }

/** Where Node itself looks for the answer that a connection is giving. */
type Answering = Duplex & { _httpMessage?: ServerResponse | null }

/** Methods that something here answers to. */
const METHODS = 'GET, HEAD, POST, OPTIONS'

const STATUSES: Record<number, string> = {
	400: 'Bad Request',
	405: 'Method Not Allowed',
	408: 'Request Timeout',
	417: 'Expectation Failed',
	431: 'Request Header Fields Too Large',
}

/** Answers what isn't HTTP, such as an address in raw bytes, with a page in the language that can be made out of it. */
export function answerUnreadable(blog: Blog, error: Unreadable, socket: Duplex): void {
	const isSilent = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && (socket as Socket).bytesRead === 0
	// In the middle of an answer another one would pass for a part of it.
	const hasBegun = (socket as Answering)._httpMessage?.headersSent
	if (isSilent || hasBegun || error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
	answerSocket(blog, socket as Socket, statusOf(error), error.rawPacket?.toString('latin1') ?? '')
}

/** Answers on a connection that no answer has begun on, and closes it. */
export function answerSocket(blog: Blog, socket: Socket, status: number, request: string): void {
	const { headers, page } = refusal(blog, status, request)
	const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
	socket.end(`HTTP/1.1 ${status} ${STATUSES[status]}\r\n${head.join('\r\n')}\r\n\r\n${page}`)
	// Whoever doesn't close on their side is not waited for.
	socket.setTimeout(LINGER, () => socket.destroy())
}

const LINGER = 5_000

/** Refuses a request that was read, but asks for what can't be asked. */
export function refuseRequest(blog: Blog, request: IncomingMessage, response: ServerResponse, status: number): void {
	const told = `accept-language: ${request.headers['accept-language'] ?? ''}`
	const { headers, page } = refusal(blog, status, told)
	response.writeHead(status, headers).end(page)
}

function refusal({ config, catalog }: Blog, status: number, request: string) {
	const locale = languageIn(request, config.languages)
	const key = status === 405 ? '405' : status === 431 ? '413' : '400'
	const page = barePage(catalog.translator(locale), locale, key)
	const headers = {
		...headersFor(config),
		...(status === 405 && { Allow: METHODS }),
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(page),
		Connection: 'close',
	}
	return { headers, page }
}

function statusOf({ code = '', rawPacket }: Unreadable): number {
	if (code === 'HPE_HEADER_OVERFLOW') return 431
	if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
	// A method that Node hasn't heard of, in what is a request otherwise.
	const isMethod = /^[\w-]{1,40} \S+ HTTP\/1\.[01]\r\n/.test(rawPacket?.toString('latin1') ?? '')
	return code === 'HPE_INVALID_METHOD' && isMethod ? 405 : 400
}

function languageIn(request: string, languages: string[]): string {
	const prefix = /^\S+ \/([a-z-]+)\//.exec(request)?.[1] ?? ''
	if (languages.includes(prefix)) return prefix
	return negotiate(languages, undefined, /^accept-language:\s*(.*)$/im.exec(request)?.[1] || undefined)
}
