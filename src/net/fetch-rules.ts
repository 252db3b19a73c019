import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'
import { FetchError } from './fetch-error.ts'
import { isPublicAddress } from './public-address.ts'

/** The settings that the rules heed. */
export type FetchConfig = Pick<Config, 'siteUrl' | 'port' | 'fetchAllow'>

const PORTS = [80, 443, 8080, 8443]

/** Reads an address that may be asked, as far as it says itself. @throws FetchError */
export function readAddress(address: string, base: URL | undefined, { siteUrl }: FetchConfig): URL {
	const url = URL.parse(address, base?.href)
	const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password
	if (!isPlain) throw new FetchError('forbidden')
	if (isSameSite(url, new URL(siteUrl))) throw new FetchError('own')
	return url
}

/** The same host, at the same port or at the other one that browsers would take. */
function isSameSite(url: URL, site: URL): boolean {
	return hostOf(url) === hostOf(site) && (url.port === site.port || (isUsualPort(url) === true && isUsualPort(site)))
}

/** The address in the host's place, if one is; else undefined. */
export function literalAddress(url: URL): string | undefined {
	const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
	return isIP(host) ? host : undefined
}

/** The host name that others share places with. */
export function hostOf({ hostname }: URL): string {
	return hostname.replace(/\.$/, '')
}

function isUsualPort({ port }: URL): boolean {
	return port === '' || port === '80' || port === '443'
}

/**
 * Those of the addresses of a host that may be connected to: the ones that FETCH_ALLOW names with the port, else all if
 * none is private. @throws FetchError
 */
export function allowedAddresses(url: URL, addresses: string[], { port: ownPort, fetchAllow }: FetchConfig): string[] {
	const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
	if (port === ownPort && addresses.some(isThisMachine)) throw new FetchError('own')
	const exempt = addresses.filter((address) => fetchAllow.includes(`${bracketed(address)}:${port}`))
	if (exempt.length) return exempt
	if (addresses.length === 0) throw new FetchError('network')
	if (!PORTS.includes(port) || !addresses.every(isPublicAddress)) throw new FetchError('forbidden')
	return addresses
}

function isThisMachine(address: string): boolean {
	const isLoopback = /^(?:127\.|0\.0\.0\.0$|::1?$)/.test(address)
	return isLoopback || Object.values(networkInterfaces()).some((own) => own?.some((one) => one.address === address))
}

function bracketed(address: string): string {
	return address.includes(':') ? `[${address}]` : address
}
