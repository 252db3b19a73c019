import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from './figures.ts'
import { type Measured, measure, middle } from './load.ts'
import type { Options } from './options.ts'
import { pathsOf } from './pages.ts'
import { seededCopy } from './seeded.ts'
import { otklik, type Server, startOtklik } from './servers.ts'
import { comment, postsOf } from './writing.ts'

const ROUNDS = 3
const PER_SECOND = 20
const [POSTS, COMMENTS] = [1_000, 2_500]

/** Readers of a kept post, left alone and while comments appear at once under it and under others, 20 a second. */
export async function measureDisturbed({ seconds }: Options): Promise<Figure[]> {
	const folder = await seededCopy(POSTS, COMMENTS)
	const blog = await startOtklik(folder, { TRUST_PROXY: '1' })
	const posts = await postsOf(blog)
	await makeKnown(blog, posts, folder)
	const { post } = await pathsOf(blog)
	const read = () => measure(blog.url + post, { seconds: 2 * seconds }, blog)
	await read()
	const alone: Measured[] = []
	const disturbed: Measured[] = []
	for (let round = 0; round < ROUNDS; round++) {
		alone.push(await read())
		disturbed.push(await during(() => comment(blog, posts, WRITER), read))
	}
	await blog.stop()
	const [calm, busy] = [middle(alone), middle(disturbed)]
	const part = 'readers of a kept post'
	return [
		{ part, what: 'left alone', value: calm.perSecond, unit: '/s', note: `p99 ${calm.p99} ms` },
		{ part, what: `${PER_SECOND} comments a second`, value: busy.perSecond, unit: '/s', note: `p99 ${busy.p99} ms` },
		{ part, what: 'throughput kept', value: busy.perSecond / calm.perSecond, unit: '', atLeast: 0.8 },
	]
}

const WRITER = 'known'

/** One whose first comment was approved: the others appear at once. */
async function makeKnown(blog: Server, posts: string[], folder: string): Promise<void> {
	const id = /#comment-(\d+)/.exec(await comment(blog, posts, WRITER))![1]!
	await otklik(['responses', 'approve', id], { DATA_DIR: folder })
}

/** Does one thing 20 times a second while another is going on. */
async function during<T>(one: () => Promise<unknown>, other: () => Promise<T>): Promise<T> {
	let isOver = false
	const done = other().finally(() => {
		isOver = true
	})
	const begun = performance.now()
	for (let count = 1; !isOver; count++) {
		await Promise.all([one(), sleep(Math.max(1, begun + (count * 1_000) / PER_SECOND - performance.now()))])
	}
	return done
}
