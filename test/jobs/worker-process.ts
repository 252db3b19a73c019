import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { openDatabase } from '../../src/db/open.ts'
import { startWorker } from '../../src/jobs/worker.ts'

// A worker in a process of its own: node worker-process.ts DATABASE_URL MILLISECONDS_AHEAD. It tells what it does on
// stdout, its log too; what waits, waits for a line on stdin.

const [url, ahead] = process.argv.slice(2) as [string, string]
const told = createInterface(process.stdin)
const allowed = once(told, 'line')
const tell = (...words: unknown[]) => console.log(words.join(' '))
const db = openDatabase(url, { pool: 3 })

const worker = await startWorker({
	db,
	url,
	handlers: {
		async count(n) {
			tell('count', n)
			tell('counting')
			await allowed
		},
		async wait(_, { attempt }) {
			tell('begun', attempt)
			await allowed
			tell('ended', attempt)
		},
		async hang(_, { attempt }) {
			tell('begun', attempt)
			if (attempt === 1) await new Promise(() => {})
		},
	},
	schedules: {},
	timezone: 'UTC',
	clock: () => Date.now() + Number(ahead),
	log: pino({ level: 'warn' }, { write: (line) => tell('log', JSON.parse(line).msg) }),
	concurrency: 4,
})
tell('ready')

process.once('SIGTERM', async () => {
	await worker.stop()
	await db.destroy()
	tell('stopped')
	process.exit()
})

// The test that started it is gone.
told.once('close', () => process.exit())
