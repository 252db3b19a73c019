import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const LONGEST_LOG = 10_000
const running = new Set<ChildProcess>()

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL')
})

/** A blog served by a process of its own. */
export interface ServerProcess {
	port: number
	/** Ends it at once, as a power cut does. */
	kill(): Promise<void>
	signal(name: NodeJS.Signals): void
	/** Its exit code, once it has ended; null when a signal ended it. */
	ended: Promise<number | null>
	/** The processes that serve for it, when there are several (Linux). */
	workers(): number[]
	/** What it wrote to stderr. */
	errors(): string
	/** The end of its log. */
	log(): string
	/** Bytes in memory now (Linux). */
	memory(): number
}

/** Starts `otklik serve` on a free port; resolves when it listens. @throws Error when it ends before */
export async function serveBlog(env: Record<string, string>): Promise<ServerProcess> {
	const program = join(import.meta.dirname, '../../src/main.ts')
	const child = spawn(process.execPath, [program, 'serve'], {
		env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	running.add(child)
	let errors = ''
	let log = ''
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text
	})
	const ended = once(child, 'exit').then(([code]) => code as number | null)
	child.on('exit', () => running.delete(child))
	const port = await new Promise<number>((resolve, reject) => {
		createInterface(child.stdout).on('line', (line) => {
			log = `${log}${line}\n`.slice(-LONGEST_LOG)
			const address = /^Listening on (.*)$/.exec(line)?.[1]
			if (address) resolve(Number(new URL(address).port))
		})
		child.once('exit', () => reject(new Error(`ended before it listened: ${errors}`)))
	})
	return {
		port,
		errors: () => errors,
		log: () => log,
		memory: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) * 1024,
		ended,
		signal: (name) => void child.kill(name),
		workers: () =>
			readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
				.trim()
				.split(' ')
				.filter(Boolean)
				.map(Number),
		async kill() {
			child.kill('SIGKILL')
			await ended
		},
	}
}
