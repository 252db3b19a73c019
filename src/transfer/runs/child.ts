import type { Config } from '../../config.ts'
import { openDatabase } from '../../db/open.ts'
import { openLog } from '../../log.ts'
import { createFetch } from '../../net/fetch.ts'
import { importWxr } from '../commands.ts'
import type { ImportOptions } from '../wxr/import.ts'
import type { ImportReport } from '../wxr/report.ts'

/** What the process is told, as JSON on its standard input, which stays open for as long as its parent lives. */
export interface Task {
	config: Config
	file: string
	options: ImportOptions
}

/** What it tells, a line of JSON each on its standard output. */
export type Told = { percent: number } | { report: ImportReport } | { error: string }

let task = ''
process.stdin.on('data', (chunk) => {
	task += chunk
	if (task.endsWith('\n')) void run(JSON.parse(task))
})
process.stdin.on('end', () => process.exit(1))

async function run({ config, file, options }: Task): Promise<void> {
	const db = openDatabase(config.databaseUrl, { pool: 2 })
	const fetch = createFetch({ config, log: openLog(config.logLevel) })
	try {
		tell({ report: await importWxr({ db, config, fetch, progress: percents() }, file, options) })
	} catch (error) {
		tell({
			error: String((error as Error).message)
				.split('\n')[0]!
				.slice(0, 500),
		})
	}
	await db.destroy()
	process.stdin.destroy()
}

/** Tells each percent once. */
function percents() {
	let [total, done, told] = [1, 0, 0]
	return {
		start(all: number) {
			total = Math.max(all, 1)
		},
		advance(by: number) {
			done += by
			const percent = Math.min(99, Math.floor((done / total) * 100))
			if (percent > told) tell({ percent })
			told = Math.max(told, percent)
		},
		stop() {},
	}
}

function tell(told: Told): void {
	process.stdout.write(`${JSON.stringify(told)}\n`)
}
