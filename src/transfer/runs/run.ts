import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Blog } from '../../web/context.ts'
import type { ImportOptions } from '../wxr/import.ts'
import type { ImportReport } from '../wxr/report.ts'
import type { Task, Told } from './child.ts'
import { claimRun, type Run, updateRun } from './queries.ts'

type Around = Pick<Blog, 'db' | 'config' | 'clock' | 'log' | 'isStopping'>

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url))
const BEAT = 1_000
/** One that gives no sign of life for so long was cut off, as by a restart. */
export const SILENCE = 30_000

/** A file to import, and who wants it. */
export interface NewRun {
	authorId: number
	name: string
	file: string
	options: ImportOptions
}

/**
 * Begins an import in a process of its own, so that readers don't wait for it; gives its number, or undefined when
 * another one runs: two at once could take a thing twice.
 */
export async function startRun(blog: Around, { authorId, name, file, options }: NewRun): Promise<number | undefined> {
	const now = blog.clock()
	const id = await claimRun(blog.db, now - SILENCE, {
		...{ name, file, options: JSON.stringify(options), state: 'running' },
		...{ author_id: authorId, created_at: now, touched_at: now },
	})
	if (id === undefined) return undefined
	const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'ignore'] })
	// A child that dies at once reads nothing.
	child.stdin.on('error', () => {})
	child.stdin.write(`${JSON.stringify({ config: blog.config, file, options } satisfies Task)}\n`)
	void follow(blog, id, file, child)
	return id
}

/** Notes what the process tells until it ends. */
async function follow(blog: Around, id: number, file: string, child: ChildProcess): Promise<void> {
	const { db, clock, log } = blog
	let percent = 0
	let last: Told | undefined
	const heart = setInterval(() => {
		if (blog.isStopping()) return child.kill()
		updateRun(db, id, { percent, touched_at: clock() }).catch((err) => log.warn({ err }, 'import: no sign of life'))
	}, BEAT)
	createInterface(child.stdout!).on('line', (line) => {
		last = JSON.parse(line) as Told
		if ('percent' in last) percent = last.percent
	})
	await new Promise((resolve) => child.once('close', resolve).once('error', resolve))
	clearInterval(heart)
	if (blog.isStopping()) return
	await settle(blog, { id, file }, last).catch((err) => log.error({ err }, 'import: its end could not be noted'))
}

async function settle({ db, clock, log }: Around, { id, file }: Pick<Run, 'id' | 'file'>, last?: Told): Promise<void> {
	const touched_at = clock()
	if (last && 'report' in last) {
		await updateRun(db, id, { state: 'done', percent: 100, report: JSON.stringify(last.report), touched_at })
		// After a trial, or when something was lost, it may be wanted again.
		if (!last.report.dryRun && last.report.exitCode === 0) await rm(file, { force: true })
		return
	}
	const error = last && 'error' in last ? last.error : 'the process ended early'
	log.warn({ run: id, error }, 'import failed')
	await updateRun(db, id, { state: 'failed', error, touched_at })
}

/** How an import stands: one that says it runs and is silent was cut off. */
export function stateOf({ state, touched_at }: Run, now: number): Run['state'] | 'cut' {
	return state === 'running' && now - touched_at > SILENCE ? 'cut' : state
}

/** The report of an import that is done. */
export function reportOf({ report }: Run): ImportReport | undefined {
	return report ? (JSON.parse(report) as ImportReport) : undefined
}
