import type { Figure } from './figures.ts'
import { type Measured, measure, middle } from './load.ts'
import type { Options } from './options.ts'
import { pathsOf } from './pages.ts'
import { seeded } from './seeded.ts'
import { type Server, startOtklik } from './servers.ts'

const ROUNDS = 3
const LONG = 10_000

/** A post with a conversation of 10,000, made anew for each reader, against one of 50. */
export async function measureThread({ seconds }: Options): Promise<Figure[]> {
	const servers: Server[] = []
	for (const comments of [50, LONG]) servers.push(await startOtklik(await seeded(1, comments), { PAGE_CACHE: '0' }))
	const measured: Measured[][] = servers.map(() => [])
	for (let round = 0; round < ROUNDS; round++) {
		for (const [index, server] of servers.entries()) {
			const { post } = await pathsOf(server)
			measured[index]!.push(await measure(server.url + post, { seconds, connections: 16 }))
		}
	}
	await Promise.all(servers.map((server) => server.stop()))
	const [short, long] = measured.map((all) => middle(all).perSecond) as [number, number]
	const part = 'conversation, uncached'
	return [
		{ part, what: '50 comments', value: short, unit: '/s' },
		{ part, what: `${LONG} comments`, value: long, unit: '/s' },
		{ part, what: `${LONG} against 50`, value: short / long, unit: '× time', atMost: 3 },
	]
}
