import type { Figure } from './figures.ts'
import { type Measured, measure, middle } from './load.ts'
import type { Options } from './options.ts'
import { pathsOf } from './pages.ts'
import { seeded } from './seeded.ts'
import { startOtklik } from './servers.ts'

const ROUNDS = 3
const CONNECTIONS = 32

/** Pages made anew by two processes and by one, in interleaved rounds. */
export async function measureProcesses({ sizes, seconds }: Options): Promise<Figure[]> {
	const folder = await seeded(sizes[0]!)
	const one = await startOtklik(folder, { PAGE_CACHE: '0' })
	const two = await startOtklik(folder, { PAGE_CACHE: '0', WEB_CONCURRENCY: '2' })
	const { post } = await pathsOf(one)
	const load = { seconds: 2 * seconds, connections: CONNECTIONS }
	const alone: Measured[] = []
	const together: Measured[] = []
	for (let round = 0; round < ROUNDS; round++) {
		alone.push(await measure(one.url + post, load, one))
		together.push(await measure(two.url + post, load))
	}
	await Promise.all([one.stop(), two.stop()])
	const ratio = middle(together).perSecond / middle(alone).perSecond
	const part = 'processes'
	return [
		{
			part,
			what: 'one, uncached post',
			value: middle(alone).perSecond,
			unit: '/s',
			note: `${Math.round(100 * middle(alone).core!)} % of a core`,
		},
		{ part, what: 'two', value: middle(together).perSecond, unit: '/s' },
		{
			part,
			what: 'two / one',
			value: ratio,
			unit: '',
			atLeast: 1.7,
			note: 'the readers take part of the two cores too',
		},
	]
}
