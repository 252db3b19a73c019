import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** How long it goes on, on which database, and where the figures go. */
export interface Options {
	minutes: number
	postgres: boolean
	/** Nobody is killed, and the memory is watched all the time. */
	calm: boolean
	/** The JSON file. */
	out: string
}

const RESULTS = join(import.meta.dirname, 'results')

const USAGE = 'npm run soak -- [--minutes 60] [--postgres] [--calm] [--out FILE]'

/** Reads the command line; ends the program when it can't be read. */
export function readOptions(args: string[]): Options {
	try {
		const { values } = parseArgs({
			args,
			options: {
				minutes: { type: 'string', default: '60' },
				postgres: { type: 'boolean', default: false },
				calm: { type: 'boolean', default: false },
				out: { type: 'string' },
			},
		})
		const minutes = Number(values.minutes)
		if (!(minutes > 0)) throw new Error(`"${values.minutes}" is no number of minutes`)
		const name = `${new Date().toISOString().slice(0, 16).replaceAll(':', '-')}.json`
		return { minutes, postgres: values.postgres, calm: values.calm, out: resolve(values.out ?? join(RESULTS, name)) }
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n${USAGE}\n`)
		process.exit(2)
	}
}
