import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { HttpError } from '../../src/errors.ts'
import { addressKey } from '../../src/web/rate/address.ts'
import { LIMITS } from '../../src/web/rate/limits.ts'
import { limit, secondsToWait } from '../../src/web/rate/rate.ts'
import { databases } from '../support/databases.ts'

const addresses = suite('addresses')

addresses('IPv4 stands for itself, also mapped into IPv6', () => {
	for (const written of ['203.0.113.7', '::ffff:203.0.113.7', '::FFFF:cb00:7107']) {
		assert.is(addressKey(written), '203.0.113.7')
	}
	assert.is.not(addressKey('203.0.113.7'), addressKey('203.0.113.8'))
})

addresses('IPv6 stands for its /64, however it is written', () => {
	const key = addressKey('2001:db8:0:1::1')
	assert.is(key, '2001:db8:0:1::/64')
	for (const written of ['2001:DB8:0:1:ffff:ffff:ffff:ffff', '2001:0db8:0000:0001::', '2001:db8:0:1::192.0.2.1']) {
		assert.is(addressKey(written), key)
	}
	assert.is.not(addressKey('2001:db8:0:2::1'), key)
	assert.is(addressKey('fe80::1%eth0'), addressKey('fe80::2'))
	assert.is(addressKey('::1'), '0:0:0:0::/64')
})

addresses('whatever the host part, the network is one', () => {
	const part = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16))
	fc.assert(
		fc.property(fc.tuple(part, part, part, part), fc.tuple(part, part, part, part), (one, other) => {
			const written = (host: string[]) => addressKey(`2a00:1:2:3:${host.join(':')}`)
			assert.is(written(one), written(other))
		}),
	)
})

addresses('what is no address is nobody, short and without a crash', () => {
	assert.is(addressKey(''), 'unknown')
	assert.is(addressKey('203.0.113.7, 203.0.113.8'), 'unknown')
	fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => addressKey(text).length < 64))
})

addresses.run()

for (const database of databases) {
	const test = suite(`limits on ${database.name}`)

	test('five comments a minute from one address, then 429 with the seconds to wait', async () => {
		const { db, drop } = await database.create()
		for (let n = 0; n < 5; n++) await limit({ db }, 'comment', '203.0.113.7')
		const refusal = await limit({ db }, 'comment', '203.0.113.7').catch((error: unknown) => error)
		assert.instance(refusal, HttpError)
		const { status, headers } = refusal as HttpError
		assert.is(status, 429)
		assert.match(headers['Retry-After']!, /^([1-9]|[1-5]\d|60)$/)
		await limit({ db }, 'comment', '203.0.113.8')
		await drop()
	})

	test('a network of IPv6 is one, and IPv4 in IPv6 is IPv4', async () => {
		const { db, drop } = await database.create()
		for (const host of ['1', '2', '3', '4', '5']) await limit({ db }, 'comment', `2001:db8::${host}`)
		assert.ok((await secondsToWait({ db }, 'comment', '2001:db8::6')) > 0)
		assert.is(await secondsToWait({ db }, 'comment', '2001:db8:0:1::1'), 0)
		for (let n = 0; n < 5; n++) await limit({ db }, 'comment', '203.0.113.7')
		assert.ok((await secondsToWait({ db }, 'comment', '::ffff:203.0.113.7')) > 0)
		await drop()
	})

	test('of two hundred at once five pass', async () => {
		const { db, drop } = await database.create()
		const waits = await Promise.all(Array.from({ length: 200 }, () => secondsToWait({ db }, 'comment', '203.0.113.7')))
		assert.is(waits.filter((wait) => wait === 0).length, 5)
		await drop()
	})

	test('every limit of a name holds; what one refuses another does not count', async () => {
		const { db, drop } = await database.create()
		const known = LIMITS.length
		LIMITS.push(
			{ name: 'test', points: 2, seconds: 1000, by: 'text' },
			{ name: 'test', points: 3, seconds: 5000, by: 'text' },
		)
		LIMITS.push({ name: 'other', points: 3, seconds: 5000, by: 'text' })
		const long = 'ё\0'.repeat(10_000)
		const wait = (name: string, who: string) => secondsToWait({ db }, name, who)
		assert.equal([await wait('test', long), await wait('test', long)], [0, 0])
		for (let n = 0; n < 5; n++) assert.ok(Math.abs((await wait('test', long)) - 1000) < 60)
		assert.is(await wait('test', `${long}.`), 0)
		assert.is(await wait('other', long), 0)
		LIMITS.splice(known)
		await drop()
	})

	test('a name without a limit is an error, not a freedom', async () => {
		const { db, drop } = await database.create()
		assert.match(String(await secondsToWait({ db }, 'coment', 'x').catch(String)), 'no limit named coment')
		await drop()
	})

	test.run()
}

const shared = suite('limits of several processes')

shared('count together on PostgreSQL', async () => {
	const { db, url, drop } = await databases[1]!.create()
	const other = openDatabase(url, { pool: 1 })
	const waits: number[] = []
	for (let n = 0; n < 6; n++)
		waits.push(await secondsToWait({ db: (n % 2 ? db : other) as Db }, 'comment', '203.0.113.7'))
	assert.equal(
		waits.map((wait) => wait > 0),
		[false, false, false, false, false, true],
	)
	await other.destroy()
	await drop()
})

shared.run()
