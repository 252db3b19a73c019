import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const running = new Set<ChildProcess>()

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL')
})

/** A worker in a process of its own. */
export interface WorkerProcess {
	/** What it said so far. */
	lines: string[]
	/** Resolves once it has said so; fails when it ends without. */
	said(line: string): Promise<void>
	/** Lets what waits in it go on. */
	go(): void
	kill(signal: NodeJS.Signals): void
}

/** Starts worker-process.ts, whose clock is `ahead` milliseconds ahead on SQLite. */
export async function startProcess(url: string, ahead = 0): Promise<WorkerProcess> {
	const program = join(import.meta.dirname, 'worker-process.ts')
	const child = spawn(process.execPath, [program, url, String(ahead)], { stdio: ['pipe', 'pipe', 'inherit'] })
	running.add(child)
	const lines: string[] = []
	const hearers = new Set<() => void>()
	const hear = () => {
		for (const hearer of hearers) hearer()
	}
	createInterface(child.stdout).on('line', (line) => {
		lines.push(line)
		hear()
	})
	child.on('exit', () => {
		running.delete(child)
		hear()
	})
	const said = (line: string) =>
		new Promise<void>((resolve, reject) => {
			const look = () => {
				if (lines.includes(line)) resolve()
				else if (!running.has(child)) reject(new Error(`ended without "${line}": ${lines.join(', ')}`))
				else return
				hearers.delete(look)
			}
			hearers.add(look)
			look()
		})
	await said('ready')
	return { lines, said, go: () => void child.stdin.write('\n'), kill: (signal) => void child.kill(signal) }
}
