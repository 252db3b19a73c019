import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What no website is at: the IANA special-purpose registry, multicast, and what a big cloud keeps for its machines. */
const SPECIAL_V4 = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'168.63.129.16/32',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'192.31.196.0/24',
	'192.52.193.0/24',
	'192.88.99.0/24',
	'192.168.0.0/16',
	'192.175.48.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
	'224.0.0.0/4',
	'240.0.0.0/4',
]

/**
 * Only this is given out to the world: loopback, local, mapped and NAT64 addresses, multicast, `100::/64`, `5f00::/16`
 * and all that is not given out yet lie outside.
 */
const GLOBAL_V6 = '2000::/3'

/** The special-purpose registry within; Teredo and 6to4 are whole, as they carry an IPv4 address each. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

type Range = ReturnType<typeof ipaddr.parseCIDR>

/** Read when somebody is first asked about. */
let ranges: { globalV6: Range; special: Range[] } | undefined

function readRanges() {
	const read = (range: string): Range => ipaddr.parseCIDR(range)
	return { globalV6: read(GLOBAL_V6), special: [...SPECIAL_V4, ...SPECIAL_V6].map(read) }
}

/** Whether an IPv4 or IPv6 address is one that websites of the world can be at. What is no address isn't. */
export function isPublicAddress(text: string): boolean {
	if (!isIP(text)) return false
	ranges ??= readRanges()
	const address = ipaddr.parse(text)
	const isIn = (range: Range) => range[0].kind() === address.kind() && address.match(range)
	return (address.kind() === 'ipv4' || isIn(ranges.globalV6)) && !ranges.special.some(isIn)
}
