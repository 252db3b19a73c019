import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import type { Blog } from './web/context.ts'
import { answerUnreadable } from './web/refused.ts'

const PATIENCE = 30_000

/** A blog that listens. */
export interface RunningBlog {
	/** Where it is reached on this machine. */
	url: string
	/** Takes no new connections and lets running requests finish. The database is the caller's to close. */
	stop(): Promise<void>
}

/** Starts serving a blog on its PORT and HOST. @throws Error when the port can't be had */
export async function startServer(blog: Blog): Promise<RunningBlog> {
	let stopping = false
	blog.isStopping = () => stopping
	const server = createServer(createApp(blog).callback())
	const answers = new Set<ServerResponse>()
	server.on('request', (_, answer) => {
		answers.add(answer)
		answer.once('close', () => answers.delete(answer))
	})
	server.on('clientError', (error, socket) => answerUnreadable(blog, error, socket))
	const { host, port, fetchAllow } = blog.config
	if (fetchAllow.length) blog.log.warn({ fetchAllow }, 'FETCH_ALLOW: these private addresses may be fetched from')
	await listen(server, host, port)
	const address = server.address() as AddressInfo
	blog.config.port = address.port
	// PORT=0 asks for any port: links can be made only now.
	if (blog.config.siteUrl === 'http://localhost:0') blog.config.siteUrl = `http://localhost:${address.port}`
	const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
	return {
		url: `http://${name}:${address.port}`,
		async stop() {
			stopping = true
			// A connection that is kept open after its answer would hold the stop.
			for (const answer of answers) if (!answer.headersSent) answer.setHeader('Connection', 'close')
			await close(server)
		},
	}
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject)
		server.listen(port, host, resolve)
	})
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		// A client that never finishes doesn't hold the stop for ever.
		const timer = setTimeout(() => server.closeAllConnections(), PATIENCE)
		server.close(() => {
			clearTimeout(timer)
			resolve()
		})
		server.closeIdleConnections()
	})
}
