import type { Figure } from './figures.ts'
import { measure, middle } from './load.ts'
import type { Options } from './options.ts'

const ROUNDS = 3

/** Any other server, by the address of a page of it. */
export async function measureOther({ url, seconds }: Options): Promise<Figure[]> {
	if (!url) return []
	const rounds = []
	for (let round = 0; round < ROUNDS; round++)
		rounds.push(await measure(url, { seconds: 2 * seconds, connections: 16 }))
	const { perSecond, p99, failed } = middle(rounds)
	const note = `p99 ${p99} ms${failed ? `, ${failed} failed` : ''}`
	return [{ part: 'another server', what: url, value: perSecond, unit: '/s', note }]
}
