import autocannon from 'autocannon'
import { BROWSER } from './copy.ts'
import type { Server } from './servers.ts'

/** What a server did in a while. */
export interface Measured {
	/** Answered 200, a second. */
	perSecond: number
	/** Milliseconds. */
	p50: number
	p99: number
	/** Answers that weren't 200, and connections that broke. */
	failed: number
	/** Part of one core that the server took, when it is known. */
	core?: number
}

export interface Load {
	seconds: number
	connections?: number
	headers?: Record<string, string>
	/** As many readers, behind a proxy: searches and feeds are limited by address. */
	readers?: number
}

const CONNECTIONS = 64

/** Asks for a page as fast as answers come. The one who asks has a thread of its own, and shares the cores. */
export async function measure(
	url: string,
	{ seconds, connections = CONNECTIONS, headers = BROWSER, readers = 0 }: Load,
	server?: Server,
): Promise<Measured> {
	const [cpu, begun] = [server?.cpu() ?? 0, performance.now()]
	const each = Array.from({ length: readers }, (_, n) => ({
		headers: { ...headers, 'x-forwarded-for': `10.0.0.${n}` },
	}))
	const requests = readers > 0 ? each : undefined
	const result = await autocannon({
		url,
		connections,
		headers,
		requests,
		workers: 1,
		duration: seconds,
		sampleInt: 250,
	})
	const took = performance.now() - begun
	return {
		perSecond: result['2xx'] / result.duration,
		p50: result.latency.p50,
		p99: result.latency.p99,
		failed: result.non2xx + result.errors,
		...(server && { core: (server.cpu() - cpu) / took }),
	}
}

/** The middle one of numbers. */
export function median(numbers: number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b)
	const middle = Math.floor(sorted.length / 2)
	return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** What measurements of the same thing have in the middle. */
export function middle(all: Measured[]): Measured {
	const of = (value: (one: Measured) => number) => median(all.map(value))
	return {
		perSecond: of((one) => one.perSecond),
		p50: of((one) => one.p50),
		p99: of((one) => one.p99),
		failed: all.reduce((sum, one) => sum + one.failed, 0),
		...(all[0]?.core !== undefined && { core: of((one) => one.core ?? 0) }),
	}
}
