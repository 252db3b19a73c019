import { setTimeout as pause } from 'node:timers/promises'
import { median } from '../../bench/load.ts'
import type { Hunted } from './hunted.ts'

const EVERY = 2_000
const MB = 2 ** 20
const MINUTE = 60_000

/** How the memory of a process that nobody killed went, in megabytes. */
export interface Memory {
	/** Of the resident set. */
	samples: { minute: number; mb: number }[]
	/** The middle of each sixth of the time. */
	sixths: number[]
	/** Megabytes a minute over the second half, by least squares. */
	slope: number
}

/** Looks at the memory until it is over. */
export async function watchMemory(blog: Hunted, isOver: () => boolean): Promise<Memory> {
	const begun = Date.now()
	const samples: Memory['samples'] = []
	while (!isOver()) {
		samples.push({ minute: (Date.now() - begun) / MINUTE, mb: blog.memory() / MB })
		await pause(EVERY)
	}
	const size = samples.length / 6
	const sixths = Array.from({ length: 6 }, (_, n) =>
		median(samples.slice(Math.floor(n * size), Math.ceil((n + 1) * size)).map(({ mb }) => mb)),
	)
	return { samples, sixths, slope: slopeOf(samples.slice(samples.length / 2)) }
}

function slopeOf(samples: Memory['samples']): number {
	const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
	const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ mb }) => mb))]
	const over = samples.reduce((sum, { minute, mb }) => sum + (minute - x) * (mb - y), 0)
	return over / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0)
}
