import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadTheme, ThemeError, watchTheme } from '../../src/views/theme.ts'
import { temporaryFolder } from '../support/folders.ts'
import { models } from './models.ts'

const test = suite('themes')
const { t, error } = models('ru')

/** A folder with the theme `plain` and whatever else is named. */
function themes(files: Record<string, string> = {}): string {
	const folder = temporaryFolder()
	write(folder, {
		'plain/theme.json': '{ "name": "Plain" }',
		'plain/templates/listing.hbs': '<h1>{{heading}}</h1>',
		'plain/templates/post.hbs': '{{> title post}}',
		'plain/templates/search.hbs': '{{query}}',
		'plain/templates/question.hbs': '{{heading}}',
		'plain/templates/error.hbs': '{{> title}}|{{icon "star"}}|{{asset "style.css"}}|{{t "search.submit"}}',
		'plain/partials/title.hbs': '<h1>{{heading}}</h1>',
		'plain/icons/star.svg':
			'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>',
		'plain/assets/style.css': 'body { background: url("star.png") }',
		'plain/assets/star.png': 'star',
		'plain/strings/ru.json': '{ "one": "раз", "two": "два" }',
		...files,
	})
	return folder
}

function write(folder: string, files: Record<string, string>): void {
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true })
		writeFileSync(join(folder, name), text)
	}
}

function failure(name: string, files: Record<string, string>): ThemeError {
	try {
		const theme = loadTheme(name, { folder: themes(files) })
		theme.render('error', error, t)
	} catch (caught) {
		assert.instance(caught, ThemeError)
		return caught as ThemeError
	}
	throw new Error('the theme loaded')
}

const CHILD = { 'child/theme.json': '{ "name": "Child", "extends": "plain" }' }

test('a page is made of the templates, partials, icons, assets and words of the theme', () => {
	const html = String(loadTheme('plain', { folder: themes() }).render('error', { ...error, heading: 'A & B' }, t))
	assert.match(html, '<h1>A &amp; B</h1>|<svg viewBox="0 0 1 1" class="icon" aria-hidden="true" focusable="false">')
	assert.match(html, /\|\/assets\/plain\/style\.[0-9a-f]{10}\.css\|Найти$/)
})

test('a theme that extends another overrides one part and keeps the rest', () => {
	const folder = themes({
		...CHILD,
		'child/partials/title.hbs': '<h2>{{heading}}</h2>',
		'child/strings/ru.json': '{ "two": "ДВА" }',
	})
	const theme = loadTheme('child', { folder })
	assert.match(String(theme.render('error', { ...error, heading: 'X' }, t)), /^<h2>X<\/h2>\|<svg/)
	assert.equal(theme.strings, { ru: { one: 'раз', two: 'ДВА' } })
	assert.match(theme.asset('style.css'), '/assets/child/style.')
})

test('the address of an asset changes with its contents, and with what its stylesheet names', () => {
	const before = loadTheme('plain', { folder: themes() })
	const after = loadTheme('plain', { folder: themes({ 'plain/assets/star.png': 'another star' }) })
	assert.is.not(before.asset('star.png'), after.asset('star.png'))
	assert.is.not(before.asset('style.css'), after.asset('style.css'))
	const { body, type } = before.assets.get(before.asset('style.css'))!
	assert.is(body.toString(), `body { background: url("${before.asset('star.png')}") }`)
	assert.is(type, 'text/css; charset=utf-8')
	assert.is(before.assets.get(before.asset('star.png'))!.type, 'image/png')
	assert.is(before.asset('nothing.png'), '')
})

test('a stylesheet that imports another is one file', () => {
	const folder = themes({ ...CHILD, 'child/assets/child.css': '@import "style.css";\na { color: red }' })
	const theme = loadTheme('child', { folder })
	const { body } = theme.assets.get(theme.asset('child.css'))!
	assert.is(body.toString(), `body { background: url("${theme.asset('star.png')}") }\na { color: red }`)
})

const MISTAKES: [what: string, file: string, text: string, told: RegExp][] = [
	['wrong syntax', 'templates/post.hbs', 'a\n{{#if post}}\n', /templates\/post\.hbs:3: /],
	[
		'a block closed by another name',
		'templates/post.hbs',
		'a\n{{#if post}}{{/each}}',
		/templates\/post\.hbs:2: .*each/,
	],
	['an unknown helper', 'templates/post.hbs', 'a\n\n{{shout "a"}}', /templates\/post\.hbs:3: .*shout/],
	[
		'a missing partial',
		'partials/title.hbs',
		'a\n{{> nowhere}}',
		/partials\/title\.hbs:2: there is no partial "nowhere"/,
	],
	['a missing icon', 'templates/post.hbs', '{{icon "moon"}}', /templates\/post\.hbs:1: there is no icon "moon"/],
	['a missing asset', 'templates/post.hbs', '{{asset "a.css"}}', /templates\/post\.hbs:1: there is no asset "a\.css"/],
	['a field no page has', 'partials/title.hbs', 'a\n\n{{headding}}', /partials\/title\.hbs:3: "headding" not defined/],
	['a picture that is not there', 'assets/b.css', 'a {}\nb { background: url(no.png) }', /assets\/b\.css:2: .*no\.png/],
	['a stylesheet that is not there', 'assets/b.css', 'a {}\n@import "no.css";', /assets\/b\.css:2: .*no\.css/],
	['a stylesheet in itself', 'assets/b.css', '@import "b.css";', /assets\/b\.css:1: .*b\.css/],
	['broken JSON', 'theme.json', '{\n  "name": "Plain",\n}', /theme\.json:3: /],
	['words that are not JSON', 'strings/ru.json', '{\n"a": "b"', /strings\/ru\.json:2: /],
	['a nameless theme', 'theme.json', '{}', /theme\.json:1: "name"/],
	['a misspelt field', 'theme.json', '{ "name": "Plain", "extend": "x" }', /theme\.json:1: .*"extend"/],
	['a missing parent', 'theme.json', '{ "name": "Plain", "extends": "x" }', /theme\.json:1: .*"x".*no such theme/],
	['itself as parent', 'theme.json', '{ "name": "Plain", "extends": "plain" }', /theme\.json:1: .*circle/],
]

for (const [what, file, text, told] of MISTAKES) {
	test(`${what} is told with file and line`, () => {
		assert.match(failure('plain', { [`plain/${file}`]: text }).message, told)
	})
}

test('themes that extend each other in a circle are refused', () => {
	const other = { 'other/theme.json': '{ "name": "Other", "extends": "child" }' }
	const child = { 'child/theme.json': '{ "name": "Child", "extends": "other" }' }
	assert.match(failure('child', { ...other, ...child }).message, /other\/theme\.json:1: .*circle/)
})

test('a theme without a template is refused, and so is one that is not there', () => {
	assert.match(failure('empty', { 'empty/theme.json': '{ "name": "Empty" }' }).message, 'no template "listing"')
	assert.match(failure('nowhere', {}).message, 'nowhere/theme.json: there is no such file')
})

test('an icon whose name comes from data and is unknown shows nothing', () => {
	const folder = themes({ 'plain/templates/error.hbs': '[{{icon heading}}]' })
	assert.is(String(loadTheme('plain', { folder }).render('error', { ...error, heading: 'constructor' }, t)), '[]')
})

test('an edit shows at once, and a broken one leaves the theme as it was', async () => {
	const folder = themes()
	const theme = loadTheme('plain', { folder })
	const show = () => String(theme.render('search', { ...models('ru').nothing, query: 'x' }, t))
	let told: (error?: ThemeError) => void = () => {}
	const stop = watchTheme(theme, (error) => told(error))
	const edit = (text: string) => {
		const reload = new Promise<ThemeError | undefined>((resolve) => {
			told = resolve
		})
		write(folder, { 'plain/templates/search.hbs': text })
		return reload
	}
	assert.is(await edit('new {{query}}'), undefined)
	assert.is(show(), 'new x')
	assert.match((await edit('{{#if'))!.message, /search\.hbs:1: /)
	assert.is(show(), 'new x')
	stop()
})

test.run()
