import { type Logger, pino } from 'pino'
import { createFetch, type FetchError, type FetchOptions, type Resolve } from '../../src/net/fetch.ts'

/** A blog's way out, with DNS and a log of the test's own. */
export function wayOut(allow: string[], resolve?: Resolve) {
	const logs: Record<string, unknown>[] = []
	const log: Logger = pino({ level: 'debug' }, { write: (line) => void logs.push(JSON.parse(line)) })
	const config = { siteUrl: 'https://blog.example', port: 3999, fetchAllow: allow }
	const fetch = createFetch({ config, log, resolve })
	const options = (more?: Partial<FetchOptions>) => ({ purpose: 'testing', ...more })
	return {
		logs,
		config,
		get: (address: string, more?: Partial<FetchOptions>) => fetch(address, options(more)),
		/** Why an address is not fetched; the status when it is. */
		refusal: (address: string, more?: Partial<FetchOptions>): Promise<string> =>
			fetch(address, options(more)).then(
				({ status }) => String(status),
				(error: FetchError) => error.reason ?? String(error),
			),
	}
}

/** A DNS that knows these names and gives each question the next of its answers, the last one for ever. */
export function dns(names: Record<string, string[][]>): Resolve & { asked: string[] } {
	const asked: string[] = []
	const resolve = async (host: string) => {
		asked.push(host)
		const answers = names[host] ?? [[]]
		return (answers.length > 1 ? answers.shift() : answers[0]) ?? []
	}
	return Object.assign(resolve, { asked })
}
