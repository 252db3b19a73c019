import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isPublicAddress } from '../../src/net/public-address.ts'

const test = suite('addresses of the world')

/** Each line of the IANA special-purpose registries, and other ranges that aren't the world, with a look at why. */
const SPECIAL = [
	'0.0.0.0/8 "this network"',
	'0.0.0.0/32 this host',
	'10.0.0.0/8 private',
	'100.64.0.0/10 shared address space',
	'127.0.0.0/8 loopback',
	'168.63.129.16/32 Azure to its machines',
	'169.254.0.0/16 link local',
	'169.254.169.254/32 metadata of clouds',
	'172.16.0.0/12 private',
	'192.0.0.0/24 protocol assignments',
	'192.0.0.0/29 IPv4 service continuity',
	'192.0.0.8/32 dummy address',
	'192.0.0.9/32 port control anycast',
	'192.0.0.10/32 TURN anycast',
	'192.0.0.170/32 NAT64 discovery',
	'192.0.0.171/32 NAT64 discovery',
	'192.0.2.0/24 TEST-NET-1',
	'192.31.196.0/24 AS112',
	'192.52.193.0/24 AMT',
	'192.88.99.0/24 6to4 relay anycast',
	'192.168.0.0/16 private',
	'192.175.48.0/24 AS112',
	'198.18.0.0/15 benchmarking',
	'198.51.100.0/24 TEST-NET-2',
	'203.0.113.0/24 TEST-NET-3',
	'224.0.0.0/4 multicast',
	'240.0.0.0/4 reserved',
	'255.255.255.255/32 broadcast',
	'::/128 unspecified',
	'::1/128 loopback',
	'::/96 IPv4-compatible',
	'::ffff:0:0/96 IPv4-mapped',
	'::ffff:0:0:0/96 IPv4-translated',
	'64:ff9b::/96 NAT64',
	'64:ff9b:1::/48 local NAT64',
	'100::/64 discard only',
	'100:0:0:1::/64 dummy prefix',
	'2001::/23 protocol assignments',
	'2001::/32 Teredo',
	'2001:1::1/128 port control anycast',
	'2001:1::2/128 TURN anycast',
	'2001:1::3/128 DNS-SD anycast',
	'2001:2::/48 benchmarking',
	'2001:3::/32 AMT',
	'2001:4:112::/48 AS112',
	'2001:10::/28 ORCHID',
	'2001:20::/28 ORCHIDv2',
	'2001:30::/28 drone remote id',
	'2001:db8::/32 documentation',
	'2002::/16 6to4',
	'2620:4f:8000::/48 AS112',
	'3fff::/20 documentation',
	'4000::/3 not given out',
	'5f00::/16 segment routing',
	'fc00::/7 unique local',
	'fe80::/10 link local',
	'fec0::/10 site local',
	'ff00::/8 multicast',
]

for (const line of SPECIAL) {
	test(`${line} isn't among them, from its first to its last`, () => {
		const [first, last] = ends(line.split(' ')[0]!)
		assert.is(isPublicAddress(first), false, first)
		assert.is(isPublicAddress(last), false, last)
	})
}

const NEIGHBOURS = `1.0.0.0 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.1.255
192.0.3.0 192.31.195.255 192.31.197.0 192.52.192.255 192.52.194.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0
192.175.47.255 192.175.49.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0
223.255.255.255 2000:: 2001:200:: 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff 2001:db9:: 2001:4860:4860::8888
2003:: 2606:4700::6810:84e5 2620:4f:7fff:ffff:ffff:ffff:ffff:ffff 2620:4f:8001:: 2a00:1450:4001::200e
3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff 3fff:1000:: 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`.split(/\s+/)

test('what lies right beside them is', () => {
	for (const address of NEIGHBOURS) assert.is(isPublicAddress(address), true, address)
})

test('what is no address in its usual notation is none', () => {
	for (const text of [
		'',
		'localhost',
		'8.8.8',
		'134744072',
		'0x8.8.8.8',
		'010.8.8.8',
		'8.8.8.8:80',
		'[2606::1]',
		' 8.8.8.8',
	]) {
		assert.is(isPublicAddress(text), false, text)
	}
})

test('an IPv4 address is never let through inside an IPv6 one', () => {
	fc.assert(
		fc.property(fc.ipV4(), (v4) => {
			const [high, low] = ipaddr.IPv4.parse(v4)
				.toIPv4MappedAddress()
				.parts.slice(6)
				.map((part) => part.toString(16))
			const forms = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::', 'fe80::5efe:'].map(
				(prefix) => `${prefix}${high}:${low}`,
			)
			const inside = [`2002:${high}:${low}::1`, `2001:0:${high}:${low}::1`, `2001:0:1:2:3:4:${high}:${low}`]
			for (const address of [...forms, ...inside]) assert.is(isPublicAddress(address), false, address)
		}),
	)
})

test('however it is written in an address of the web, it is the same', () => {
	fc.assert(
		fc.property(fc.tuple(byte, byte, byte, byte), fc.nat(2), fc.nat(3), (bytes, notation, joined) => {
			const { hostname } = new URL(`http://${written(bytes, notation, joined)}/`)
			assert.is(hostname, bytes.join('.'))
		}),
	)
})

const byte = fc.nat(255)
const NOTATIONS = [(n: number) => `${n}`, (n: number) => `0x${n.toString(16)}`, (n: number) => `0${n.toString(8)}`]

/** An IPv4 address with the last parts joined into one number: 127.1, 0x7f000001. */
function written(bytes: number[], notation: number, joined: number): string {
	const rest = bytes.slice(3 - joined).reduce((sum, part) => sum * 256 + part, 0)
	return [...bytes.slice(0, 3 - joined), rest].map(NOTATIONS[notation]!).join('.')
}

function ends(range: string): [string, string] {
	const [address, bits] = ipaddr.parseCIDR(range)
	const bytes = address.toByteArray()
	const last = bytes.map((one, at) => one | (0xff >> Math.max(0, Math.min(8, bits - at * 8))))
	return [address.toString(), ipaddr.fromByteArray(last).toString()]
}

test.run()
