import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from './figures.ts'
import { median } from './load.ts'
import type { Options } from './options.ts'
import { seeded } from './seeded.ts'
import { startOtklik } from './servers.ts'

const ROUNDS = 5
const POSTS = 10_000

/** From `node src/main.ts serve` to the first page, with what was compiled before kept. */
export async function measureStart({ sizes }: Options): Promise<Figure[]> {
	const posts = sizes.findLast((size) => size <= POSTS) ?? sizes[0]!
	const folder = await seeded(posts)
	// What was compiled is stored when a process ends.
	await startAndStop(folder)
	const times: number[] = []
	for (let round = 0; round < ROUNDS; round++) times.push(await startAndStop(folder))
	const note = `median of ${ROUNDS}, ${posts} posts`
	return [{ part: 'start', what: 'to the first 200', value: median(times), unit: 'ms', atMost: 400, note }]
}

async function startAndStop(folder: string): Promise<number> {
	const blog = await startOtklik(folder)
	const told = performance.now()
	const { status } = await fetch(`${blog.url}/ru/`)
	const answered = performance.now()
	if (status !== 200) throw new Error(`the first answer was ${status}`)
	// Its jobs begin a moment later: the next start is to find them compiled too.
	await sleep(1_500)
	await blog.stop()
	return blog.startedIn + answered - told
}
