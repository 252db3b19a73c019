import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PARSERS, type Parser } from './parsers.ts'
import { always, corpus, corpusLines, heapUsed, mutations, timely } from './support.ts'

const test = suite('whatever is read')

async function read(parser: Parser, what: string, bytes: Buffer): Promise<void> {
	const readOnce = async () => {
		try {
			await parser.read(bytes)
		} catch (error) {
			const { name, stack } = error as Error
			assert.ok(parser.refuses?.includes(name), `${parser.name}: ${what}: ${stack}`)
		}
	}
	await timely(`${parser.name}: ${what}`, readOnce, parser.deadline)
}

for (const parser of PARSERS) {
	const cases = ['path', 'query', 'accept-language', 'header', 'search'].includes(parser.corpus)
		? corpusLines(parser.corpus)
		: corpus(parser.corpus)

	test(`${parser.name}: every odd case is read or refused, soon`, async () => {
		for (const { name, bytes } of cases) await read(parser, name, bytes)
	})

	test(`${parser.name}: anything made of them too`, () =>
		always(mutations(cases, parser.tokens), (bytes) =>
			read(parser, JSON.stringify(String(bytes)).slice(0, 2000), bytes),
		))
}

test('nothing is kept of what was read', async () => {
	const readAll = async () => {
		for (const parser of PARSERS) {
			// What needs a thread of its own is long, and its memory is the thread's.
			for (const { name, bytes } of corpus(parser.corpus).filter(({ bytes }) => bytes.length < 5_000)) {
				await read(parser, name, bytes)
			}
		}
	}
	await readAll()
	const before = await heapUsed()
	for (let count = 0; count < 3; count++) await readAll()
	const grown = (await heapUsed()) - before
	assert.ok(grown < 16 << 20, `the heap grew by ${grown} bytes`)
	assert.is(({} as { polluted?: unknown }).polluted, undefined)
	assert.equal(Object.keys(Object.prototype), [])
})

test.run()
