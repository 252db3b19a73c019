import type { Config } from '../config.ts'
import { literalAddress } from './fetch-rules.ts'
import { isPublicAddress } from './public-address.ts'
import { type Resolve, resolveByDns } from './resolve.ts'

const LOCAL_NAME = /^[^.]+$|\.(localhost|local|internal|lan|home\.arpa)$/

/** Whether the world can't reach a site: it is on this machine, on a private network, or has a name known only there. */
export function isPrivateSite(siteUrl: string): boolean {
	const url = new URL(siteUrl)
	const address = literalAddress(url)
	return address ? !isPublicAddress(address) : LOCAL_NAME.test(url.hostname)
}

/** Whether FETCH_ALLOW names the IP address and port that a URL leads to. */
export async function isExempt(
	address: string,
	{ fetchAllow }: Pick<Config, 'fetchAllow'>,
	signal: AbortSignal,
	resolve: Resolve = resolveByDns,
): Promise<boolean> {
	const url = URL.parse(address)
	if (!url || fetchAllow.length === 0) return false
	const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
	const literal = literalAddress(url)
	const addresses = literal ? [literal] : await resolve(url.hostname, signal)
	return addresses.some((one) => fetchAllow.includes(`${one.includes(':') ? `[${one}]` : one}:${port}`))
}
