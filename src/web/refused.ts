import type { Duplex } from 'node:stream'
import { negotiate } from '../i18n/negotiate.ts'
import { barePage } from '../views/bare.ts'
import type { Blog } from './context.ts'

/** What Node says of a request that it couldn't read, with as much of it as there is. */
type Unreadable = Error & { code?: string; rawPacket?: Buffer }

const ANSWERS: Record<string, ['431 Request Header Fields Too Large' | '408 Request Timeout', '413' | '400']> = {
	HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', '413'],
	ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', '400'],
}

/** Answers what isn't HTTP, such as an address in raw bytes, with a page in the language that can be made out of it. */
export function answerUnreadable({ config, catalog }: Blog, error: Unreadable, socket: Duplex): void {
	if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
	const [status, key] = ANSWERS[error.code ?? ''] ?? (['400 Bad Request', '400'] as const)
	const locale = languageIn(error.rawPacket?.toString('latin1') ?? '', config.languages)
	const page = barePage(catalog.translator(locale), locale, key)
	const head = [
		`HTTP/1.1 ${status}`,
		'Content-Type: text/html; charset=utf-8',
		`Content-Length: ${Buffer.byteLength(page)}`,
		'Connection: close',
	]
	socket.end(`${head.join('\r\n')}\r\n\r\n${page}`)
}

function languageIn(request: string, languages: string[]): string {
	const prefix = /^\S+ \/([a-z-]+)\//.exec(request)?.[1] ?? ''
	if (languages.includes(prefix)) return prefix
	return negotiate(languages, undefined, /^accept-language:\s*(.*)$/im.exec(request)?.[1])
}
