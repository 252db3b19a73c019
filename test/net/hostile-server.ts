import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

/** What a path does to who asks for it. */
type Trick = (socket: Socket, path: string) => void

/** A server on a port of its own that does all that a server must not. */
export interface HostileServer {
	port: number
	/** `127.0.0.1:PORT`, for FETCH_ALLOW. */
	pair: string
	/** The address of a path. */
	at(path: string, host?: string): string
	/** Requests as they came, headers included. */
	asked: string[]
	/** Tricks by path; tests may add their own. */
	tricks: Record<string, Trick>
	/** Connections open at the moment. */
	open: Set<Socket>
	close(): Promise<void>
}

/** Starts a hostile server; a path that it doesn't know is a page. `/to/URL` leads to the percent-encoded URL. */
export async function startHostile(): Promise<HostileServer> {
	const asked: string[] = []
	const open = new Set<Socket>()
	const tricks = { ...TRICKS }
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		open.add(socket)
		socket.on('close', () => open.delete(socket))
		socket.on('error', () => {})
		socket.on('end', () => socket.end())
		socket.once('data', (request) => {
			asked.push(String(request))
			const path = String(request).split(' ')[1]!
			const name = Object.keys(tricks).find(
				(one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}?`),
			)
			;(tricks[name ?? ''] ?? page(PAGE))(socket, path)
		})
	})
	const port = await listen(server)
	return {
		port,
		pair: `127.0.0.1:${port}`,
		at: (path, host = '127.0.0.1') => `http://${host}:${port}${path}`,
		asked,
		tricks,
		open,
		async close() {
			for (const socket of open) socket.destroy()
			await new Promise((resolve) => server.close(resolve))
		},
	}
}

/** A listener that nobody may reach: `reached` counts who did. */
export async function startSilent(host = '127.0.0.1', port = 0) {
	const silent = { reached: 0, port: 0, close: () => new Promise((resolve) => server.close(resolve)) }
	const server = createServer((socket) => {
		silent.reached++
		socket.destroy()
	})
	silent.port = await listen(server, host, port)
	return silent
}

function listen(server: Server, host = '127.0.0.1', port = 0): Promise<number> {
	return new Promise((resolve) => server.listen(port, host, () => resolve((server.address() as AddressInfo).port)))
}

const PAGE = '<!doctype html><title>A page</title><p>Hello'
const HTML = 'Content-Type: text/html; charset=utf-8'

/** Answers with these header lines and this content, and ends. */
export function page(content: string | Buffer, headers = HTML, status = '200 OK'): Trick {
	return (socket) => {
		const head = `HTTP/1.1 ${status}\r\n${headers}\r\nContent-Length: ${Buffer.byteLength(content)}\r\n\r\n`
		socket.end(Buffer.concat([Buffer.from(head), Buffer.from(content)]))
	}
}

/** Says exactly this and nothing more; the connection stays open. */
export function saying(text: string | Buffer): Trick {
	return (socket) => void socket.write(text)
}

/** Says this, then the next piece again and again: after a pause, or as fast as it is taken. */
export function dripping(first: string, piece: string | Buffer, pause = 0): Trick {
	return (socket) => {
		socket.write(first)
		const drip = () => {
			if (socket.destroyed) return
			const isTaken = socket.write(piece)
			if (pause) setTimeout(drip, pause)
			else if (isTaken) setImmediate(drip)
			else socket.once('drain', drip)
		}
		drip()
	}
}

/** A redirect to an address. */
export function leading(location: string, status = '302 Found'): Trick {
	return page('', `Location: ${location}`, status)
}

const BEGUN = `HTTP/1.1 200 OK\r\n${HTML}\r\n\r\n`
const CHUNKED = `HTTP/1.1 200 OK\r\n${HTML}\r\nTransfer-Encoding: chunked\r\n\r\n`

/** 64 MiB of nothing, small when they come. */
function bomb(encoding: keyof typeof BOMBS): Trick {
	return (socket, path) => {
		BOMBS[encoding] ??= COMPRESS[encoding](Buffer.alloc(64 * 1024 * 1024))
		page(BOMBS[encoding], `${HTML}\r\nContent-Encoding: ${encoding}`)(socket, path)
	}
}

const BOMBS: { gzip?: Buffer; br?: Buffer; deflate?: Buffer } = {}
const COMPRESS = {
	gzip: gzipSync,
	deflate: deflateSync,
	br: (nothing: Buffer) => brotliCompressSync(nothing, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }),
}

const encoded = (content: Buffer, encoding: string) => page(content, `${HTML}\r\nContent-Encoding: ${encoding}`)

const TRICKS: Record<string, Trick> = {
	'/to': (socket, path) => leading(decodeURIComponent(path.slice('/to/'.length)))(socket, path),
	'/loop': leading('/loop'),
	'/gone': page('', HTML, '410 Gone'),
	'/gzip': encoded(gzipSync(PAGE), 'gzip'),
	'/br': encoded(brotliCompressSync(PAGE), 'br'),
	'/deflate': encoded(deflateSync(PAGE), 'deflate'),
	'/raw-deflate': encoded(deflateRawSync(PAGE), 'deflate'),
	'/gzip-bomb': bomb('gzip'),
	'/br-bomb': bomb('br'),
	'/deflate-bomb': bomb('deflate'),
	'/nested-encodings': encoded(gzipSync(gzipSync(PAGE)), 'gzip, gzip'),
	'/unknown-encoding': encoded(Buffer.from(PAGE), 'zstd'),
	'/torn-gzip': encoded(gzipSync(PAGE).subarray(0, 30), 'gzip'),
	'/false-gzip': encoded(Buffer.from(PAGE), 'gzip'),
	'/silence': () => {},
	'/slow-headers': dripping('HTTP/1.1 200 OK\r\n', 'X-Slow: 1\r\n', 50),
	'/slow-body': dripping(BEGUN, ' ', 50),
	'/endless-body': dripping(BEGUN, Buffer.alloc(64 * 1024, 'a')),
	'/endless-chunks': dripping(CHUNKED, `1000\r\n${'a'.repeat(4096)}\r\n`),
	'/endless-headers': dripping('HTTP/1.1 200 OK\r\n', `X-Long: ${'a'.repeat(1000)}\r\n`),
	'/endless-header': dripping('HTTP/1.1 200 OK\r\nX-Long: ', 'a'.repeat(1000)),
	'/endless-hints': dripping('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', 1),
	'/large': page(Buffer.alloc(1024 * 1024 + 1, 'a')),
	'/claims-much': saying(`HTTP/1.1 200 OK\r\n${HTML}\r\nContent-Length: 99999999\r\n\r\n`),
	'/short': (socket) => socket.end(`HTTP/1.1 200 OK\r\n${HTML}\r\nContent-Length: 1000\r\n\r\nHello`),
	'/no-length': (socket) => socket.end(`${BEGUN}${PAGE}`),
	'/negative-length': saying(`HTTP/1.1 200 OK\r\n${HTML}\r\nContent-Length: -5\r\n\r\nHello`),
	'/two-lengths': saying(`HTTP/1.1 200 OK\r\n${HTML}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nHello!`),
	'/length-and-chunks': saying(
		`HTTP/1.1 200 OK\r\n${HTML}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
	),
	'/broken-chunks': saying(`${CHUNKED}zz\r\nHello\r\n`),
	'/torn-chunks': (socket) => socket.end(`${CHUNKED}ffff\r\nHello`),
	'/half-closed': (socket) => socket.end(),
	'/reset': (socket) => socket.resetAndDestroy(),
	'/no-http': (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
	'/no-type': page(PAGE, 'X-Type: none'),
	'/picture': page('GIF89a', 'Content-Type: image/gif'),
	'/upgrade': saying('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
}
