import { Resolver } from 'node:dns/promises'

/** All addresses of a host name, IPv4 first; none when there are none. Ends when the signal does. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<string[]>

/** Doubled at the second try: a server that is silent about one family leaves time to connect by the other. */
const PATIENCE = 1_000
const TRIES = 2

/**
 * Asks DNS alone, A and AAAA; `localhost` is this machine (RFC 6761). Not by getaddrinfo: its calls can't be ended, and
 * a few names whose servers never answer would hold all the threads that files are read by.
 */
export const resolveByDns: Resolve = async (host, signal) => {
	if (/(?:^|\.)localhost\.?$/.test(host)) return ['127.0.0.1', '::1']
	const resolver = new Resolver({ timeout: PATIENCE, tries: TRIES })
	const cancel = () => resolver.cancel()
	signal.addEventListener('abort', cancel)
	try {
		const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
		return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
	} finally {
		signal.removeEventListener('abort', cancel)
	}
}
