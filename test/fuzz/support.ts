import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'

/** How many inputs are made by chance for each parser and each route: few in CI, more by FUZZ_RUNS. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 25)

/** Milliseconds that nothing may take, on a machine that does WORK in a few. */
const MOST = 1_000
/** How many times as long as WORK that may be on a slow or busy machine. */
const TIMES = 200
const TRIES = 3
/** Milliseconds for a run, on the average; a busy machine makes fewer of them. */
const LONGEST = 100

/** A case of the corpus: its name says what is odd about it. */
export interface Case {
	name: string
	bytes: Buffer
}

/** The cases of a folder; `NAME.repeat.json` is a long one that is kept short. */
export function corpus(kind: string): Case[] {
	const folder = join(import.meta.dirname, 'corpus', kind)
	return readdirSync(folder)
		.sort()
		.map((name) => ({ name, bytes: unfold(name, readFileSync(join(folder, name))) }))
}

/** The same where each line of a `.txt` is a case. */
export function corpusLines(kind: string): Case[] {
	return corpus(kind).flatMap(({ name, bytes }) =>
		name.endsWith('.txt')
			? String(bytes)
					.replace(/\n$/, '')
					.split('\n')
					.map((line) => ({ name: line.slice(0, 60), bytes: Buffer.from(line) }))
			: [{ name, bytes }],
	)
}

function unfold(name: string, bytes: Buffer): Buffer {
	if (!name.endsWith('.repeat.json')) return bytes
	const { head, repeat, times, tail } = JSON.parse(String(bytes)) as Record<string, string> & { times: number }
	return Buffer.from(head + repeat!.repeat(times) + tail)
}

/** Inputs made of a corpus by chance: pieces of cases, cut, doubled and mixed, with bytes that are nobody's. */
export function mutations(cases: Case[], tokens: string[] = []): fc.Arbitrary<Buffer> {
	const short = cases.map(({ bytes }) => bytes).filter(({ length }) => length > 0 && length < 20_000)
	const piece = fc
		.tuple(fc.constantFrom(...short), fc.nat(), fc.nat({ max: 400 }))
		.map(([bytes, start, length]) => bytes.subarray(start % bytes.length, (start % bytes.length) + length))
	const token = fc.constantFrom(...tokens, ...ODD).map((text) => Buffer.from(text))
	const bytes = fc.uint8Array({ maxLength: 6 }).map((array) => Buffer.from(array))
	const times = fc
		.tuple(fc.oneof(token, piece), fc.constantFrom(1, 1, 1, 2, 30, 200))
		.map(([one, count]) => Buffer.concat(Array.from({ length: count }, () => one)))
	const text = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => Buffer.from(one))
	const whole = fc.constantFrom(...short)
	return fc
		.array(fc.oneof({ weight: 4, arbitrary: times }, piece, piece, whole, bytes, text), { minLength: 1, maxLength: 12 })
		.map((parts) => Buffer.concat(parts).subarray(0, 60_000))
}

const ODD = [
	'\0',
	'\ufeff',
	'\u2028',
	'\u202e',
	'%00',
	'%',
	'&',
	'<',
	'>',
	'"',
	"'",
	'\\',
	'\r\n',
	'__proto__',
	'-1',
	'1e999',
]

/**
 * Runs something that must not hang: neither this program, for whatever is done in a thread, nor for longer than
 * `deadline` milliseconds. Slow is what stays slow, also beside work of a known size.
 */
export async function timely<T>(what: string, run: () => Promise<T> | T, deadline = MOST): Promise<T> {
	let slowest = ''
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const { result, took, stalled } = await timed(run)
		if (took < deadline && stalled < MOST) return result
		const times = Math.max(1, (TIMES * work()) / MOST)
		if (took < deadline * times && stalled < MOST * times) return result
		slowest = `${what} took ${Math.round(took)} ms and held all up for ${Math.round(stalled)} ms`
	}
	throw new Error(slowest)
}

async function timed<T>(run: () => Promise<T> | T) {
	const begun = performance.now()
	let [last, stalled] = [begun, 0]
	const look = () => {
		const now = performance.now()
		stalled = Math.max(stalled, now - last)
		last = now
	}
	const timer = setInterval(look, 20)
	try {
		const result = await run()
		look()
		return { result, took: performance.now() - begun, stalled }
	} finally {
		clearInterval(timer)
	}
}

/** Milliseconds that a fixed piece of work takes just now: some five on a machine of today. */
function work(): number {
	const begun = performance.now()
	const block = Buffer.alloc(1 << 20)
	for (let count = 0; count < 8; count++) createHash('sha256').update(block).digest()
	return performance.now() - begun
}

/** Checks a property of RUNS inputs; a failure prints the seed that makes it again. */
export function always(input: fc.Arbitrary<Buffer>, check: (bytes: Buffer) => Promise<void>): Promise<void> {
	const limits = { numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: RUNS * LONGEST }
	return fc.assert(fc.asyncProperty(input, check), limits)
}

/** Bytes of the heap after what is garbage has been taken away. */
export async function heapUsed(): Promise<number> {
	const { setFlagsFromString } = await import('node:v8')
	const { runInNewContext } = await import('node:vm')
	setFlagsFromString('--expose-gc')
	const collect = runInNewContext('gc') as () => void
	for (let count = 0; count < 3; count++) {
		collect()
		await new Promise((resolve) => setImmediate(resolve))
	}
	return process.memoryUsage().heapUsed
}
