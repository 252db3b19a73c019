import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until } from '../mentions/exchange.ts'

const DEADLINE = 60_000
const test = suite('the first process')
const running = new Set<ChildProcess>()

process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL')
})

/** Starts a first process over two of test/faults/team.ts. */
function startTeam() {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'team.ts')], { stdio: ['ignore', 'pipe', 'ignore'] })
	running.add(child)
	let said = ''
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text
	})
	const ended = once(child, 'exit').then(([code]) => {
		running.delete(child)
		return code as number | null
	})
	return {
		ended,
		signal: (name: NodeJS.Signals) => void child.kill(name),
		listens: () => until(() => said.includes('Listening on'), DEADLINE),
		/** The processes that serve, the oldest first; none when the first has ended. */
		workers(): number[] {
			if (child.exitCode !== null || child.signalCode !== null) return []
			const pids = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')
			return pids.filter(Boolean).map(Number)
		},
	}
}

test('it outlives the one with the jobs, which others tell of new jobs as it dies', async () => {
	const team = startTeam()
	await team.listens()
	for (let n = 0; n < 4; n++) {
		const [oldest] = team.workers()
		assert.ok(oldest, 'the first process has ended')
		process.kill(oldest, 'SIGKILL')
		await until(() => {
			const now = team.workers()
			return now.length === 0 || (now.length === 2 && !now.includes(oldest))
		}, DEADLINE)
	}
	team.signal('SIGTERM')
	assert.is(await team.ended, 0)
})

test('told to stop while the others start, it stops with all of them', async () => {
	const team = startTeam()
	await until(() => team.workers().length > 0, DEADLINE)
	team.signal('SIGTERM')
	assert.is(await team.ended, 0)
})

test('one that dies while all are replaced is replaced once', async () => {
	for (const dying of [0, 1]) {
		const team = startTeam()
		await team.listens()
		const old = team.workers()
		team.signal('SIGHUP')
		await until(() => team.workers().length === 3, DEADLINE)
		process.kill(old[dying]!, 'SIGKILL')
		await until(() => team.workers().length === 2 && !team.workers().some((pid) => old.includes(pid)), DEADLINE)
		team.signal('SIGTERM')
		assert.is(await team.ended, 0)
	}
})

test.run()
