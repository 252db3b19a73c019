import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A letter as the server got it. */
export interface Letter {
	from: string
	to: string[]
	/** By their names in lower case; folded lines joined, encoded words decoded. */
	headers: Map<string, string>
	/** The parts, decoded. */
	text: string
	html: string
	/** The bytes as they came. */
	raw: string
}

export interface MailServer {
	/** As SMTP_URL takes it. */
	url: string
	letters: Letter[]
	/** Resolves when there are this many letters; fails after 20 s. */
	received(count: number): Promise<Letter[]>
	close(): Promise<void>
}

export interface MailServerOptions {
	port?: number
	/** Answers RCPT TO: an SMTP reply to refuse with, such as `550 no such user`; undefined accepts. */
	refuse?: (address: string) => string | undefined
}

/** A real SMTP server on a port of its own. */
export async function startMailServer({
	port = 0,
	refuse = () => undefined,
}: MailServerOptions = {}): Promise<MailServer> {
	const letters: Letter[] = []
	const waiting = new Set<() => void>()
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		onRcptTo({ address }, _session, callback) {
			const reply = refuse(address)
			callback(reply ? Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) }) : null)
		},
		onData(stream, { envelope }, callback) {
			const chunks: Buffer[] = []
			stream.on('data', (chunk: Buffer) => chunks.push(chunk))
			stream.on('end', () => {
				const from = envelope.mailFrom ? envelope.mailFrom.address : ''
				letters.push(
					readLetter(
						Buffer.concat(chunks).toString(),
						from,
						envelope.rcptTo.map(({ address }) => address),
					),
				)
				callback()
				for (const check of waiting) check()
			})
		},
	})
	server.on('error', () => {})
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
	return {
		url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
		letters,
		received: (count) => receive(letters, count, waiting),
		close: () => new Promise((resolve) => server.close(() => resolve())),
	}
}

function receive(letters: Letter[], count: number, waiting: Set<() => void>): Promise<Letter[]> {
	return new Promise((resolve, reject) => {
		const end = () => {
			clearTimeout(timer)
			waiting.delete(check)
		}
		const check = () => {
			if (letters.length < count) return
			end()
			resolve(letters)
		}
		const timer = setTimeout(() => {
			end()
			reject(new Error(`${letters.length} letters came instead of ${count}`))
		}, 20_000)
		waiting.add(check)
		check()
	})
}

function readLetter(raw: string, from: string, to: string[]): Letter {
	const { headers, body } = readPart(raw)
	const boundary = /boundary="(.*?)"/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
	const parts = body.split(`--${boundary}`).map((part) => readPart(part.replace(/^\r\n/, '')))
	const find = (type: string) => parts.find((part) => part.headers.get('content-type')?.startsWith(type))
	return { from, to, headers, text: decodeBody(find('text/plain')), html: decodeBody(find('text/html')), raw }
}

interface Part {
	headers: Map<string, string>
	body: string
}

function readPart(raw: string): Part {
	const end = raw.indexOf('\r\n\r\n')
	const lines = raw
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n')
	const headers = new Map(
		lines.map((line) => {
			const colon = line.indexOf(':')
			return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())]
		}),
	)
	return { headers, body: raw.slice(end + 4) }
}

/** RFC 2047; white space between encoded words isn't there. */
function decodeWords(text: string): string {
	const joined = text.replace(/\?=\s+=\?/g, '?==?')
	const bytes = (encoding: string, word: string) =>
		encoding === 'B' ? Buffer.from(word, 'base64') : unquote(word.replaceAll('_', ' '))
	// A character may be cut between two words: their bytes are joined first.
	return joined.replace(/(=\?UTF-8\?[BQ]\?[^?]*\?=)+/gi, (words) =>
		Buffer.concat(
			[...words.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map((match) => bytes(match[1]!.toUpperCase(), match[2]!)),
		).toString(),
	)
}

function decodeBody(part: Part | undefined): string {
	if (!part) return ''
	const encoding = part.headers.get('content-transfer-encoding')
	if (encoding === 'base64') return Buffer.from(part.body, 'base64').toString().replaceAll('\r\n', '\n')
	if (encoding !== 'quoted-printable') return part.body.replaceAll('\r\n', '\n')
	return unquote(part.body.replace(/=\r\n/g, '')).toString().replaceAll('\r\n', '\n')
}

function unquote(text: string): Buffer {
	return Buffer.from(
		text.replace(/=([\dA-F]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
		'latin1',
	)
}
