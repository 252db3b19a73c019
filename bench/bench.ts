import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { measureCached } from './cached.ts'
import { measureDisturbed } from './disturbed.ts'
import { type Figure, reaches, tableOf } from './figures.ts'
import { type Options, readOptions } from './options.ts'
import { measureOther } from './other.ts'
import { measureProcesses } from './processes.ts'
import { measureStart } from './start.ts'
import { measureThread } from './thread.ts'
import { measurePages } from './uncached.ts'
import { measureVisit } from './visit.ts'
import { measureWriting } from './writing.ts'

// npm run bench: how fast it is, beside what it is to reach. See docs/bench.md.

const PARTS: Record<string, (options: Options) => Promise<Figure[]>> = {
	start: measureStart,
	cached: measureCached,
	pages: measurePages,
	thread: measureThread,
	writing: measureWriting,
	disturbed: measureDisturbed,
	processes: measureProcesses,
	visit: measureVisit,
	other: measureOther,
}

const options = readOptions(process.argv.slice(2))
const figures: Figure[] = []
for (const [name, measure] of Object.entries(PARTS)) {
	if (options.only.length > 0 && !options.only.includes(name)) continue
	process.stderr.write(`${name} …\n`)
	try {
		figures.push(...(await measure(options)))
	} catch (error) {
		// What the other parts have measured is not lost.
		process.stderr.write(`${name}: ${(error as Error).stack}\n`)
		process.exitCode = 1
	}
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
console.log(`${tableOf(figures)}\n\n${machine}; who asks shares the cores with who answers`)
mkdirSync(dirname(options.out), { recursive: true })
const told = figures.map((figure) => ({ ...figure, reached: reaches(figure) }))
writeFileSync(options.out, `${JSON.stringify({ at: new Date(), machine, options, figures: told }, null, '\t')}\n`)
console.log(options.out)
// Connections to servers that are gone would hold the end.
process.exit()
