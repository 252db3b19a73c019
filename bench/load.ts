import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Outcome, Question } from './asker.ts'
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
}

const CONNECTIONS = 64

/** Asks for a page as fast as answers come. The one who asks has a thread of its own, and shares the cores. */
export async function measure(
	url: string,
	{ seconds, connections = CONNECTIONS, headers = BROWSER }: Load,
	server?: Server,
): Promise<Measured> {
	const [cpu, begun] = [server?.cpu() ?? 0, performance.now()]
	const { took, answered, failed } = await asked({
		...questionOf(url, headers),
		connections,
		milliseconds: seconds * 1000,
	})
	const times = answered.sort((a, b) => a - b)
	const at = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN
	return {
		perSecond: (times.length * 1000) / took,
		p50: at(0.5),
		p99: at(0.99),
		failed,
		...(server && { core: (server.cpu() - cpu) / (performance.now() - begun) }),
	}
}

function questionOf(url: string, headers: Record<string, string>) {
	const { hostname, port, host, pathname, search } = new URL(url)
	const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
	const request = `GET ${pathname}${search} HTTP/1.1\r\n${fields.join('')}\r\n`
	return { host: hostname, port: Number(port || 80), request }
}

async function asked(question: Question): Promise<Outcome> {
	const asker = new Worker(new URL('./asker.ts', import.meta.url), { workerData: question })
	const [outcome] = (await once(asker, 'message')) as [Outcome]
	await asker.terminate()
	return outcome
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
