import { monitorEventLoopDelay } from 'node:perf_hooks'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type HostileServer, startHostile } from './hostile-server.ts'
import { dns, wayOut } from './way-out.ts'

const test = suite<{ server: HostileServer }>('safe fetch, of a hostile server')

test.before.each(async (context) => {
	context.server = await startHostile()
})
test.after.each(({ server }) => server.close())

const OUTCOMES: Record<string, string> = {
	'/endless-body': 'large',
	'/endless-chunks': 'large',
	'/endless-headers': 'large',
	'/endless-header': 'large',
	'/large': 'large',
	'/claims-much': 'large',
	'/gzip-bomb': 'large',
	'/br-bomb': 'large',
	'/deflate-bomb': 'large',
	'/nested-encodings': 'type',
	'/unknown-encoding': 'type',
	'/torn-gzip': 'network',
	'/false-gzip': 'network',
	'/short': 'network',
	'/negative-length': 'network',
	'/two-lengths': 'network',
	'/length-and-chunks': 'network',
	'/broken-chunks': 'network',
	'/torn-chunks': 'network',
	'/half-closed': 'network',
	'/reset': 'network',
	'/no-http': 'network',
	'/upgrade': 'network',
}

for (const [path, reason] of Object.entries(OUTCOMES)) {
	test(`${path} ends as "${reason}", and its connection with it`, async ({ server }) => {
		const { refusal } = wayOut([server.pair])
		assert.is(await refusal(server.at(path)), reason)
		await until(() => server.open.size === 0)
	})
}

test('who is slow is left: after 5 s without a first byte, after 10 s in all', async ({ server }) => {
	const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${letter}.example`)
	const resolve = dns({ ...Object.fromEntries(names.map((name) => [name, [['127.0.0.1']]])) })
	const { refusal } = wayOut([server.pair], (host, signal) =>
		host === 'e.example' ? new Promise(() => {}) : resolve(host, signal),
	)
	server.tricks['/slow-redirect'] = (socket) =>
		void setTimeout(
			() => socket.end('HTTP/1.1 302 Found\r\nLocation: /slow-redirect\r\nContent-Length: 0\r\n\r\n'),
			4_000,
		)
	const took = async (path: string, host: string) => {
		const began = performance.now()
		assert.is(await refusal(server.at(path, host)), 'timeout', path)
		return (performance.now() - began) / 1_000
	}
	const paths = ['/slow-headers', '/slow-body', '/silence', '/slow-redirect', '/never-looked-up']
	const seconds = await Promise.all(paths.map((path, at) => took(path, names[at]!)))
	for (const [at, limit] of [5, 10, 5, 10, 5].entries()) {
		assert.ok(seconds[at]! > limit - 0.1 && seconds[at]! < limit + 2, `${paths[at]}: ${seconds[at]} s`)
	}
	await until(() => server.open.size === 0)
})

test('hints without end are no first byte', async ({ server }) => {
	assert.is(await wayOut([server.pair]).refusal(server.at('/endless-hints'), { deadline: 1_000 }), 'timeout')
})

test('memory stays flat and the event loop answers, whatever many servers send', async ({ server }) => {
	const paths = [
		'/endless-body',
		'/endless-chunks',
		'/endless-header',
		'/gzip-bomb',
		'/br-bomb',
		'/deflate-bomb',
		'/large',
	]
	const names = Array.from({ length: 8 }, (_, number) => `host${number}.example`)
	const { refusal } = wayOut([server.pair], dns(Object.fromEntries(names.map((name) => [name, [['127.0.0.1']]]))))
	const round = () => Promise.all(names.flatMap((name) => paths.map((path) => refusal(server.at(path, name)))))
	await round()
	globalThis.gc?.()
	const before = process.memoryUsage()
	let most = 0
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5)
	const delay = monitorEventLoopDelay({ resolution: 5 })
	delay.enable()
	for (let number = 0; number < 5; number++) assert.equal(new Set(await round()), new Set(['large']))
	delay.disable()
	clearInterval(watch)
	// 280 answers of which each would be 64 MiB or without end.
	assert.ok(most - before.rss < 150e6, `${Math.round((most - before.rss) / 1e6)} MB more`)
	assert.ok(delay.percentile(99) < 100e6, `99 % of ${Math.round(delay.percentile(99) / 1e6)} ms`)
	await until(() => server.open.size === 0)
})

async function until(isSo: () => boolean): Promise<void> {
	const end = performance.now() + 5_000
	while (!isSo()) {
		if (performance.now() > end) throw new Error('it never came to be')
		await new Promise((resolve) => setTimeout(resolve, 10))
	}
}

test.run()
