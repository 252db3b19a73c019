import { setTimeout as sleep } from 'node:timers/promises'
import { copyOf } from './copy.ts'
import type { Figure } from './figures.ts'
import { type Measured, measure, middle } from './load.ts'
import type { Options } from './options.ts'
import { pathsOf } from './pages.ts'
import { startBare, startNginx } from './rivals.ts'
import { seeded } from './seeded.ts'
import { type Server, startOtklik } from './servers.ts'

/** A kept page against a bare node:http server and nginx that send the same bytes, in interleaved rounds. */
export async function measureCached({ sizes, seconds, rounds }: Options): Promise<Figure[]> {
	const blog = await startOtklik(await seeded(sizes[0]!))
	const { post } = await pathsOf(blog)
	await copyOf(blog.url + post)
	// A kept page gets its date in the second after it was made.
	await sleep(1_100)
	const page = await copyOf(blog.url + post)
	const rivals = { otklik: blog, bare: await startBare(page), nginx: await startNginx(page) }
	const servers = Object.entries(rivals).filter((entry): entry is [string, Server] => entry[1] !== undefined)
	const measured: Record<string, Measured[]> = {}
	for (const [, server] of servers) await measure(server.url + post, { seconds })
	for (let round = 0; round < rounds; round++) {
		for (const [name, server] of servers) {
			measured[name] ??= []
			measured[name].push(await measure(server.url + post, { seconds }, server))
		}
	}
	for (const [, server] of servers) await server.stop()
	return figuresOf(measured, page.bytes)
}

function figuresOf({ otklik = [], bare = [], nginx }: Record<string, Measured[]>, bytes: number): Figure[] {
	const [own, least] = [middle(otklik), middle(bare)]
	const ratios = otklik.map((one, round) => ({ ...one, perSecond: one.perSecond / bare[round]!.perSecond }))
	const figure = (what: string, value: number, unit = '/s', note?: string): Figure => ({
		part: 'cached post',
		what,
		value,
		unit,
		note,
	})
	return [
		figure('Otklik', own.perSecond, '/s', `${coreOf(own)}, ${bytes} bytes`),
		figure('bare node:http', least.perSecond, '/s', coreOf(least)),
		nginx
			? figure('nginx', middle(nginx).perSecond, '/s', coreOf(middle(nginx)))
			: figure('nginx', Number.NaN, '', 'not installed'),
		{ ...figure('Otklik / bare', middle(ratios).perSecond, '', `median of ${otklik.length} rounds`), atLeast: 0.9 },
		figure('Otklik / bare by processor time', perCore(own) / perCore(least), ''),
		{ ...figure('p99 / bare p99', own.p99 / least.p99, '', `${own.p99} ms and ${least.p99} ms`), atMost: 1.2 },
	]
}

function perCore({ perSecond, core = 1 }: Measured): number {
	return perSecond / core
}

function coreOf({ core = 0 }: Measured): string {
	return `${Math.round(core * 100)} % of a core`
}
