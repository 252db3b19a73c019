import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as Listener, type Socket } from 'node:net'
import { createApp } from './app.ts'
import type { Connected } from './balance.ts'
import { viewOf } from './traffic/view.ts'
import type { Blog } from './web/context.ts'
import { Pages } from './web/page-cache/store.ts'
import { limitBody } from './web/patience.ts'
import { answerSocket, answerUnreadable, refuseRequest } from './web/refused.ts'
import { routeOf } from './web/route.ts'
import { settleTarget } from './web/target.ts'

const PATIENCE = 30_000
/** On a connection that is idle when the stop begins a request may be on its way; its answer says that it is the last. */
const GRACE = 500

/** Milliseconds and bytes. A body has its own time (web/patience.ts), an answer as long as its reader takes any of it. */
const LIMITS = {
	maxHeaderSize: 16 * 1024,
	headersTimeout: 10_000,
	connectionsCheckingInterval: 1_000,
	requestTimeout: 0,
	// Refused by ourselves, in words.
	requireHostHeader: false,
	keepAliveTimeout: 20_000,
}
const IDLE = 120_000
const MOST_CONNECTIONS = 16_000

/** A blog that listens. */
export interface RunningBlog extends Connected {
	/** Where it is reached on this machine. */
	url: string
	/** Takes no new connections and lets running requests finish. The database is the caller's to close. */
	stop(): Promise<void>
}

/** Starts serving a blog on its PORT and HOST. @throws Error when the port can't be had */
export async function startServer(blog: Blog): Promise<RunningBlog> {
	let stopping = false
	let connections = 0
	let surplus = 0
	blog.isStopping = () => stopping
	const answers = new Set<ServerResponse>()
	const ask = createApp(blog).callback()
	const { databaseUrl, pageCache } = blog.config
	if (pageCache > 0) blog.pages = new Pages({ url: databaseUrl, bytes: pageCache, clock: blog.clock })
	const server = createServer(LIMITS, (request, response) => {
		limitBody(request, () => endSlow(blog, request, response))
		// A connection that is kept open after its answer would hold the stop.
		if (stopping || surplus > 0) response.setHeader('Connection', 'close')
		if (surplus > 0) surplus -= 1
		const refused = settleTarget(request)
		const kept = refused ? undefined : blog.pages?.answer(request, response)
		// Microseconds: to tell the time would take part of them.
		if (kept !== undefined) return countAnswer(blog, request, response, { route: kept, took: 0 })
		answers.add(response)
		response.once('close', () => answers.delete(response))
		const started = performance.now()
		response.once('finish', () => {
			countAnswer(blog, request, response, { route: routeOf(request), took: performance.now() - started })
		})
		if (refused) refuseRequest(blog, request, response, refused)
		else if (blog.pages) blog.pages.answerLater(request, response, () => void ask(request, response))
		else void ask(request, response)
	})
	server.on('connection', (socket) => {
		connections += 1
		socket.once('close', () => {
			connections -= 1
		})
	})
	server.maxConnections = MOST_CONNECTIONS
	server.timeout = IDLE
	server.on('checkExpectation', (request, response) => refuseRequest(blog, request, response, 417))
	server.on('connect', (request, socket: Socket) => answerSocket(blog, socket, 405, request.url ?? ''))
	server.on('clientError', (error, socket) => answerUnreadable(blog, error, socket))
	const { host, port, fetchAllow } = blog.config
	if (fetchAllow.length) blog.log.warn({ fetchAllow }, 'FETCH_ALLOW: these private addresses may be fetched from')
	await blog.pages?.ready
	await listen(server, host, port)
	const address = server.address() as AddressInfo
	blog.config.port = address.port
	// PORT=0 asks for any port: links can be made only now.
	if (blog.config.siteUrl === 'http://localhost:0') blog.config.siteUrl = `http://localhost:${address.port}`
	const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
	return {
		url: `http://${name}:${address.port}`,
		get connections() {
			return connections
		},
		shed(count) {
			surplus = count
		},
		async stop() {
			stopping = true
			for (const answer of answers) if (!answer.headersSent) answer.setHeader('Connection', 'close')
			await close(server)
			await blog.pages?.close()
			await blog.traffic.flush()
		},
	}
}

/** Ends a request whose body doesn't come. */
function endSlow(blog: Blog, request: IncomingMessage, response: ServerResponse): void {
	if (response.headersSent) return void request.socket.destroy()
	answerSocket(blog, request.socket, 408, `${request.method} ${request.url} `)
}

/** Counts an answer, and a reader, whether the page was kept or made. */
function countAnswer(
	{ traffic, config, metrics }: Blog,
	request: IncomingMessage,
	{ statusCode }: ServerResponse,
	{ route, took }: { route: string; took: number },
): void {
	metrics.countRequest(request.method!, route, statusCode, took)
	if (request.method !== 'GET' || (statusCode !== 200 && statusCode !== 304)) return
	traffic.countView(viewOf(request, config.trustProxy))
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject)
		server.listen(port, host, resolve)
	})
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		const idle = setTimeout(() => server.closeIdleConnections(), GRACE)
		// A client that never finishes doesn't hold the stop for ever.
		const all = setTimeout(() => server.closeAllConnections(), PATIENCE)
		// The first thing that http's own `close` does is to cut what is idle.
		Listener.prototype.close.call(server, () => {
			clearTimeout(idle)
			clearTimeout(all)
			resolve()
		})
	})
}
