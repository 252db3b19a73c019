import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FetchError } from '../../src/net/fetch-error.ts'
import { createGate } from '../../src/net/gate.ts'
import { page, startHostile } from './hostile-server.ts'
import { dns, wayOut } from './way-out.ts'

const test = suite('the gate before fetches')

const place = (name: string, most = 1) => ({ name, most })

test('lets as many in as there are places, and the next when one leaves', async () => {
	const gate = createGate(10)
	const inside: string[] = []
	const enter = (name: string) => gate.enter([place('all', 2), place(name)]).then(() => inside.push(name))
	await Promise.all([enter('a'), enter('b')])
	const waiting = [enter('a'), enter('c'), enter('a')]
	await turn()
	assert.equal(inside, ['a', 'b'])
	gate.leave([place('all', 2), place('b')])
	await turn()
	assert.equal(inside, ['a', 'b', 'c'], 'who waits for a place of its own holds nobody else')
	gate.leave([place('all', 2), place('a')])
	await turn()
	assert.equal(inside, ['a', 'b', 'c', 'a'])
	gate.leave([place('all', 2), place('a')])
	await Promise.all(waiting)
	assert.equal(inside, ['a', 'b', 'c', 'a', 'a'])
})

test('sends away whom it can no longer queue, and forgets who gave up', async () => {
	const gate = createGate(1)
	await gate.enter([place('all')])
	const tired = new AbortController()
	const second = gate.enter([place('all')], tired.signal).catch((error) => error)
	assert.instance(await gate.enter([place('all')]).catch((error) => error), FetchError)
	tired.abort(new Error('tired'))
	assert.is((await second).message, 'tired')
	const third = gate.enter([place('all')])
	gate.leave([place('all')])
	await third
})

test('at most 8 fetches run at once, 2 of a host and 2 of a target, and none is lost', async () => {
	const server = await startHostile()
	const names = Array.from({ length: 20 }, (_, number) => `host${number}.example`)
	const { get } = wayOut([server.pair], dns(Object.fromEntries(names.map((name) => [name, [['127.0.0.1']]]))))
	let running = 0
	let most = 0
	server.tricks['/slow'] = (socket, path) => {
		most = Math.max(most, ++running)
		setTimeout(() => {
			running--
			page('Hello')(socket, path)
		}, 20)
	}
	const mostOf = async (addresses: string[], target?: string) => {
		most = 0
		const answers = await Promise.all(addresses.map((address) => get(address, { target })))
		assert.is(answers.length, 20)
		return most
	}
	const all = names.map((name) => server.at('/slow', name))
	assert.is(await mostOf(all), 8)
	assert.is(await mostOf(all, 'post 1'), 2)
	assert.is(await mostOf(names.map(() => server.at('/slow'))), 2)
	const led = names.map((name) => server.at(`/to/${encodeURIComponent(server.at('/slow'))}`, name))
	assert.is(await mostOf(led), 2, 'who are led to one host wait for it')
	await server.close()
})

test('a flood is sent away, not kept', async () => {
	const server = await startHostile()
	const { refusal } = wayOut([server.pair])
	const outcomes = await Promise.all(Array.from({ length: 1_000 }, () => refusal(server.at('/'))))
	const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
	assert.equal([count('200'), count('busy')], [202, 798])
	await server.close()
})

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve))
}

test.run()
