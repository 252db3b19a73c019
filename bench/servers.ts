import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const PROGRAM = join(import.meta.dirname, '../src/main.ts')
const TICK = 10
const running = new Set<ChildProcess>()

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL')
})

/** A server in a process of its own. */
export interface Server {
	/** Without a final slash. */
	url: string
	/** Milliseconds from the start of the process until it said where it listens. */
	startedIn: number
	/** Bytes in memory now. */
	memory(): number
	/** Milliseconds of processor time so far. */
	cpu(): number
	stop(): Promise<void>
}

/** Runs a command of otklik to its end. @throws Error when it fails */
export async function otklik(args: string[], env: Record<string, string>): Promise<void> {
	const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...plain(), ...env }, stdio: ['ignore', 2, 2] })
	const [code] = await once(child, 'exit')
	if (code !== 0) throw new Error(`otklik ${args.join(' ')} ended with ${code}`)
}

/** `otklik serve` as it is run for real, on a port of its own. */
export function startOtklik(dataDir: string, env: Record<string, string> = {}): Promise<Server> {
	const settings = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', ...env }
	return startServer(process.execPath, [PROGRAM, 'serve'], { env: settings })
}

/** A program that prints `Listening on URL`, or that is known to listen at `at`. @throws Error when it ends before */
export async function startServer(
	command: string,
	args: string[],
	{ env = {}, at }: { env?: Record<string, string>; at?: string } = {},
): Promise<Server> {
	const begun = performance.now()
	const child = spawn(command, args, { env: { ...plain(), ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
	running.add(child)
	const ended = once(child, 'exit').then(([code]) => {
		running.delete(child)
		return code
	})
	const failed = ended.then((code) => Promise.reject(new Error(`${command} ended with ${code}`)))
	const url = await Promise.race([at ? answered(at) : told(child), failed])
	failed.catch(() => {})
	return {
		url,
		startedIn: performance.now() - begun,
		memory: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) * 1024,
		cpu: () => ticksOf(child.pid!) * TICK,
		async stop() {
			child.kill('SIGTERM')
			await ended
		},
	}
}

async function told({ stdout }: ChildProcess): Promise<string> {
	for await (const line of createInterface(stdout!)) {
		const address = /^Listening on (.*)$/.exec(line)?.[1]
		if (address) return address
	}
	throw new Error('it never said where it listens')
}

async function answered(url: string): Promise<string> {
	while (!(await fetch(url).catch(() => undefined))) await sleep(20)
	return url
}

function ticksOf(pid: number): number {
	const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ')
		.slice(11, 13)
	return Number(user) + Number(system)
}

/** Settings of whoever runs this are none of the measurement's. */
function plain(): Record<string, string> {
	return { PATH: process.env.PATH ?? '' }
}
