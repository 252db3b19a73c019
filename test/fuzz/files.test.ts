import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openBackup } from '../../src/backup/verify.ts'
import { loadTheme } from '../../src/views/theme.ts'
import { BadArchive, openZip } from '../../src/zip/read.ts'
import { archiveOf, sealed } from '../backup/support.ts'
import { temporaryFolder } from '../support/folders.ts'
import { always, mutations, RUNS, timely } from './support.ts'

const test = suite('whatever files are')

const GOOD: Record<string, string> = {
	'theme.json': '{ "name": "Plain" }',
	'templates/listing.hbs': '<h1>{{heading}}</h1>',
	'templates/post.hbs': '{{> title post}}',
	'templates/search.hbs': '{{query}}',
	'templates/question.hbs': '{{heading}}',
	'templates/error.hbs': '{{> title}}{{icon "star"}}{{asset "style.css"}}{{t "search.submit"}}',
	'partials/title.hbs': '<h1>{{heading}}</h1>',
	'icons/star.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>',
	'assets/style.css': 'body { background: url("star.png") }',
	'assets/star.png': 'star',
	'strings/ru.json': '{ "one": "раз" }',
}

function theme(files: Record<string, string | Buffer>, folder = temporaryFolder('theme'), name = 'mine'): string {
	for (const [path, content] of Object.entries({ ...GOOD, ...files })) {
		const file = join(folder, name, path)
		mkdirSync(dirname(file), { recursive: true })
		writeFileSync(file, content)
	}
	return folder
}

/** Loads a theme; what is wrong with it is said as a ThemeError with its file, in a line. */
async function load(what: string, folder: string): Promise<string> {
	return timely(what, () => {
		try {
			loadTheme('mine', { folder })
			return ''
		} catch (error) {
			assert.is((error as Error).name, 'ThemeError', `${what}: ${(error as Error).stack}`)
			return (error as Error).message
		}
	})
}

const BROKEN: [file: string, content: string | Buffer, said: RegExp][] = [
	['theme.json', '', /theme\.json/],
	['theme.json', '{', /theme\.json/],
	['theme.json', '[]', /must be an object/],
	['theme.json', 'null', /must be an object/],
	['theme.json', '"Plain"', /must be an object/],
	['theme.json', '{ "name": 5 }', /"name" must be a text/],
	['theme.json', '{ "name": "A", "extends": 5 }', /"extends" must be/],
	['theme.json', '{ "name": "A", "extends": ["mine"] }', /"extends" must be/],
	['theme.json', '{ "name": "A", "extends": null }', /"extends" must be/],
	['theme.json', '{ "name": "A", "extends": "../default" }', /"extends" must be/],
	['theme.json', '{ "name": "A", "extends": "mine" }', /in a circle/],
	['theme.json', '{ "name": "A", "extends": "nowhere" }', /no such theme/],
	['theme.json', '{ "name": "A", "__proto__": {} }', /unknown field/],
	['theme.json', Buffer.from([0xff, 0xfe, 0x00]), /theme\.json/],
	['templates/post.hbs', '{{#if x}}', /post\.hbs/],
	['templates/post.hbs', '{{/if}}', /post\.hbs/],
	['templates/post.hbs', '{{> nowhere}}', /nowhere/],
	['templates/post.hbs', '{{nowhere "x"}}', /nowhere/],
	['templates/post.hbs', '{{icon "nowhere"}}', /nowhere/],
	['templates/post.hbs', '{{{{raw}}}}', /post\.hbs/],
	['templates/post.hbs', `${'{{#if a}}'.repeat(3_000)}x${'{{/if}}'.repeat(3_000)}`, /post\.hbs/],
	['templates/post.hbs', `{{${'('.repeat(5_000)}`, /post\.hbs/],
	['strings/ru.json', '{', /ru\.json/],
	['strings/ru.json', '[1]', /must be an object/],
]

for (const [file, content, said] of BROKEN) {
	test(`a theme whose ${file} is ${String(content).slice(0, 40)} says so`, async () => {
		assert.match(await load(`${file}: ${String(content).slice(0, 40)}`, theme({ [file]: content })), said)
	})
}

test('themes that extend each other, in a ring or 300 deep, end', async () => {
	const ring = theme({ 'theme.json': '{ "name": "A", "extends": "other" }' })
	theme({ 'theme.json': '{ "name": "B", "extends": "mine" }' }, ring, 'other')
	assert.match(await load('a ring', ring), 'in a circle')
	const chain = temporaryFolder('chain')
	for (let number = 300; number > 0; number--) {
		const parent = number === 300 ? '' : `, "extends": "${`theme${number + 1}`}"`
		const name = number === 1 ? 'mine' : `theme${number}`
		if (number === 300) theme({}, chain, name)
		else {
			mkdirSync(join(chain, name), { recursive: true })
			writeFileSync(join(chain, name, 'theme.json'), `{ "name": "A"${parent} }`)
		}
	}
	assert.is(await load('a chain', chain), '')
})

test('a theme serves no file that a link leads to', () => {
	const folder = theme({})
	const secret = join(temporaryFolder('secret'), 'secret.css')
	writeFileSync(secret, 'secret')
	symlinkSync(secret, join(folder, 'mine/assets/secret.css'))
	symlinkSync(dirname(secret), join(folder, 'mine/assets/secrets'))
	symlinkSync(join(folder, 'mine'), join(folder, 'mine/assets/ring'))
	const { assets, asset } = loadTheme('mine', { folder })
	assert.is(asset('secret.css'), '')
	assert.equal(
		[...assets.keys()].filter((path) => /secret|ring/.test(path)),
		[],
	)
})

test('anything in the place of a theme’s files is taken or refused', async () => {
	const pieces = Object.entries(GOOD).map(([name, content]) => ({ name, bytes: Buffer.from(content) }))
	const words = ['{{', '}}', '{{#each ', '{{/each}}', '{{> ', '{{{', '{{!--', '{{else}}', '{', '}', '"extends": "mine"']
	const file = fc.constantFrom(...Object.keys(GOOD))
	const folder = theme({})
	await fc.assert(
		fc.asyncProperty(file, mutations(pieces, words), async (name, bytes) => {
			writeFileSync(join(folder, 'mine', name), bytes)
			await load(`${name}: ${JSON.stringify(String(bytes)).slice(0, 1000)}`, folder)
			writeFileSync(join(folder, 'mine', name), GOOD[name]!)
		}),
		{ numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: RUNS * 200 },
	)
})

test('anything in the place of an archive is refused', async () => {
	const zip = await archiveOf([
		{ name: 'manifest.json', content: '{"format":1}' },
		{ name: 'tables/settings.jsonl', content: '{"key":"a"}\n' },
		{ name: 'media/0001.bin', content: Buffer.alloc(5_000, 'x') },
	])
	const cases = [{ name: 'zip', bytes: zip }]
	const words = [
		'PK\u0001\u0002',
		'PK\u0003\u0004',
		'PK\u0005\u0006',
		'PK\u0006\u0006',
		'../',
		'\u00ff\u00ff\u00ff\u00ff',
		'/',
	]
	const bounds = { members: 1_000, ratio: 100, small: 1 << 20 }
	const path = join(temporaryFolder('zip'), 'any.zip')
	await always(mutations(cases, words), async (bytes) => {
		for (const any of [bytes, sealed(Buffer.concat([bytes, Buffer.alloc(64)]))]) {
			writeFileSync(path, any)
			await timely('an archive', () => openBackup(path).then(closed, refused('NotRestorable')))
			await timely('a zip', () => openZip(path, bounds).then((archive) => archive.close(), refused('BadArchive')))
		}
	})
	assert.instance(await openZip(path, bounds).catch((error) => error), BadArchive)
})

function closed({ archive }: { archive: { close(): void } }): void {
	archive.close()
}

function refused(name: string) {
	return (error: Error) => assert.is(error.name, name, error.stack)
}

test.run()
