import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { parse } from 'uvu/parse'
import { prepareTemplates } from './support/databases.ts'
import { type Postgres, startPostgres } from './support/postgres.ts'
import { FAILED, judge, sum, type Totals } from './support/totals.ts'

// node test/run.ts [FOLDER OR FILE…]: runs the test files, each in a process of its own, beside one PostgreSQL.
// test/shared, test/check and test/html run only when named.

const PROCESSES = 2
const MINUTES = Number(process.env.TEST_MINUTES ?? 10)

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'otklik-test-'))
const running = new Set<ChildProcess>()
let server: Postgres | undefined

process.on('exit', () => {
	for (const child of running) child.kill()
	server?.stop()
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

const totals = sum(await runAll(process.argv.slice(2)).catch(failWhole))
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed > 0 ? 1 : 0)

async function runAll(filters: string[]): Promise<Totals[]> {
	const files = await findFiles(filters)
	if (files.length === 0) {
		console.log(`No test file matches ${filters.join(' ')}`)
		return [FAILED]
	}
	await startServers()
	const waiting = files.values()
	return (await Promise.all(Array.from({ length: PROCESSES }, () => runEach(waiting)))).flat()
}

/** When not even the databases start. */
function failWhole(error: unknown): Totals[] {
	console.log(error)
	return [FAILED]
}

/** Filters are the beginnings of paths, with or without `test/`. */
async function findFiles(filters: string[]): Promise<string[]> {
	const { suites } = await parse(import.meta.dirname, '\\.test\\.ts$')
	const wanted = filters.map((filter) =>
		relative(import.meta.dirname, join(root, 'test', filter.replace(/^(\.\/)?test\/?/, ''))),
	)
	const matches = ({ name }: { name: string }) =>
		wanted.length > 0 ? wanted.some((start) => name.startsWith(start)) : !/^(shared|check|html)\//.test(name)
	return suites.filter(matches).map(({ file }) => file)
}

async function startServers(): Promise<void> {
	process.env.TEST_FOLDER = folder
	server = await startPostgres(folder)
	process.env.TEST_POSTGRES = server.url
	await prepareTemplates()
}

async function runEach(waiting: Iterator<string>): Promise<Totals[]> {
	const results: Totals[] = []
	for (let next = waiting.next(); !next.done; next = waiting.next()) results.push(await runFile(next.value))
	return results
}

async function runFile(file: string): Promise<Totals> {
	const started = Date.now()
	const { output, ending } = await outputOf(file)
	const totals = judge(output, ending)
	const seconds = ((Date.now() - started) / 1000).toFixed(1)
	const verdict = totals.failed > 0 ? `FAILED (${ending})` : `${totals.passed} passed`
	console.log(`${relative(root, file)} · ${verdict} · ${seconds} s`)
	if (totals.failed > 0) console.log(output)
	return totals
}

function outputOf(file: string): Promise<{ output: string; ending: string }> {
	return new Promise((resolve) => {
		// A time zone unlike UTC and the blog's own shows where a date was made in the machine's.
		const env = { ...process.env, TZ: 'America/New_York', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }
		const program = join(import.meta.dirname, 'support', 'file.ts')
		const child = spawn(process.execPath, [program, file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
		const guard = setTimeout(() => child.kill('SIGKILL'), MINUTES * 60_000)
		let output = ''
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => {
				output += text
			})
		}
		running.add(child)
		child.on('close', (code, signal) => {
			clearTimeout(guard)
			running.delete(child)
			resolve({ output, ending: signal ?? `exit ${code}` })
		})
	})
}
