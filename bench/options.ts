import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What is measured, and how long. */
export interface Options {
	/** Numbers of posts, the smallest first. */
	sizes: number[]
	/** Seconds of one measurement. */
	seconds: number
	/** Interleaved rounds of the cached page. */
	rounds: number
	/** Parts to run; all when empty. */
	only: string[]
	/** Another server, measured at `/`, or at whatever page it names. */
	url?: string
	/** The JSON file. */
	out: string
}

const ROOT = resolve(import.meta.dirname, '..')
/** Seeded databases outlive a run: a hundred thousand posts take minutes. */
export const CACHE = join(ROOT, 'cache', 'bench')

const USAGE = `npm run bench -- [--sizes 50,10000,100000] [--seconds 1] [--rounds 11] [--only PART,…] [--url BASE] [--out FILE]
Parts: cached, pages, writing, disturbed, processes, thread, start, visit`

/** Reads the command line; ends the program when it can't be read. */
export function readOptions(args: string[]): Options {
	try {
		const { values } = parseArgs({
			args,
			options: {
				sizes: { type: 'string', default: '50,10000,100000' },
				seconds: { type: 'string', default: '1' },
				rounds: { type: 'string', default: '11' },
				only: { type: 'string', default: '' },
				url: { type: 'string' },
				out: { type: 'string', default: join(ROOT, 'bench', 'results', `${stamp()}.json`) },
			},
		})
		return {
			sizes: values.sizes
				.split(',')
				.map(number)
				.sort((a, b) => a - b),
			seconds: number(values.seconds),
			rounds: number(values.rounds),
			only: values.only.split(',').filter((part) => part !== ''),
			url: values.url,
			out: resolve(values.out),
		}
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n${USAGE}\n`)
		process.exit(2)
	}
}

function number(text: string): number {
	const value = Number(text)
	if (!(value > 0)) throw new Error(`"${text}" is no number above zero`)
	return value
}

function stamp(): string {
	return new Date().toISOString().slice(0, 16).replaceAll(':', '-')
}
