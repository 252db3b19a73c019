import ipaddr from 'ipaddr.js'

/**
 * Whom an address stands for: IPv4 one by one, also when mapped into IPv6; IPv6 by /64, for a household has all of it.
 * What is no address stands for one and the same nobody, so that nonsense gains nothing.
 * @example addressKey('2001:db8::1') // '2001:db8:0:0::/64'
 */
export function addressKey(address: string): string {
	if (!ipaddr.isValid(address)) return 'unknown'
	const parsed = ipaddr.process(address)
	if (parsed instanceof ipaddr.IPv4) return parsed.toString()
	const network = parsed.parts.slice(0, 4).map((part) => part.toString(16))
	return `${network.join(':')}::/64`
}

/** Whether an address is one of this machine's own: 127.0.0.1, ::1 and their kin. */
export function isLoopback(address: string): boolean {
	return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}
