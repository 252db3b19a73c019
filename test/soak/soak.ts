import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { median } from '../../bench/load.ts'
import { startSource } from '../mentions/source-server.ts'
import { publish } from './author.ts'
import { upTo } from './chance.ts'
import { command } from './commands.ts'
import { type Hunted, startHunted, type Tally } from './hunted.ts'
import { openLedger } from './ledger.ts'
import { watchMemory } from './memory.ts'
import { readOptions } from './options.ts'
import { openPlace } from './place.ts'
import { read } from './readers.ts'
import { judge, type Verdict } from './verdict.ts'
import { comment, ping } from './writers.ts'

// npm run soak -- --minutes 60 [--postgres] [--calm]: a blog under mixed traffic, killed at random moments for half of
// the time and left alone for the other half, or (--calm) all the time; in the end what it acknowledged is looked for.
// See docs/reliability.md.

/** Milliseconds that a process lives at most before it is killed. */
const LIFE = 6_000

const options = readOptions(process.argv.slice(2))
const source = await startSource()
const place = await openPlace(options.postgres, source)
process.on('exit', () => place.close())
process.on('SIGINT', () => process.exit(130))
const begun = Date.now()
const end = begun + options.minutes * 60_000
const isOver = () => Date.now() > end
const blog = await startHunted(place.env)
const ledger = openLedger()
const [commands, memory] = await Promise.all([
	command(place, ledger, isOver),
	hunt(blog).then(() => watchMemory(blog, isOver)),
	read(blog, isOver),
	comment(blog, ledger, isOver),
	publish(blog, ledger, isOver),
	ping(blog, { ledger, source, site: place.env.SITE_URL! }, isOver),
])
const verdict = await judge(place, ledger)
await blog.stop()
const { tally } = blog
const isGood = [
	verdict.rows.every(({ acknowledged, missing, doubled }) => acknowledged > 0 && missing + doubled === 0),
	...[tally.faults, commands.failed, verdict.damage, verdict.doctor].map(({ length }) => length === 0),
].every(Boolean)
report()
process.exit(isGood ? 0 : 1)

/** Kills it at random moments for half of the time. */
async function hunt({ kill }: Hunted): Promise<void> {
	while (!options.calm && Date.now() < (begun + end) / 2) {
		await pause(upTo(LIFE))
		await kill()
	}
}

function report(): void {
	const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`
	const { times, starts, ...counts } = tally
	const speed = { answers: times.length, p50: at(times, 0.5), p99: at(times, 0.99), most: at(times, 1) }
	const told = { at: new Date(), machine, options, isGood, ...counts, speed, start: median(starts), commands }
	mkdirSync(dirname(options.out), { recursive: true })
	writeFileSync(options.out, `${JSON.stringify({ ...told, ...verdict, memory }, null, '\t')}\n`)
	console.table(verdict.rows)
	console.table(linesOf(verdict, tally))
	console.log(`memory, MB, in sixths of the time without kills: ${memory.sixths.map(Math.round).join(' ')}`)
	console.log(`${memory.slope.toFixed(2)} MB a minute over the last half of it`)
	console.log(`${machine}\n${options.out}\n${isGood ? 'All is well' : 'SOMETHING IS WRONG'}`)
}

function linesOf({ damage, doctor }: Verdict, { statuses, cut, kills, times, starts, faults }: Tally) {
	return {
		minutes: options.minutes,
		database: options.postgres ? 'PostgreSQL' : 'SQLite',
		'kill -9 of the server': kills,
		'kill -9 of an import or a backup': commands.killed,
		'imports and backups done': commands.done,
		'… that failed': commands.failed.length,
		answers: JSON.stringify(statuses),
		'requests cut off by kills': cut,
		'5xx that announced nothing': faults.length,
		'milliseconds, p50 p99 most': [0.5, 0.99, 1].map((part) => Math.round(at(times, part))).join(' '),
		'milliseconds of a start': Math.round(median(starts)),
		'what the database says is broken': damage.length,
		'errors of otklik doctor': doctor.length,
	}
}

/** The value below which such a part of them is. */
function at(numbers: number[], part: number): number {
	const sorted = numbers.toSorted((a, b) => a - b)
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}
