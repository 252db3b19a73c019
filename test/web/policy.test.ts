import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bumpPosts } from '../../src/db/versions.ts'
import { hashInline } from '../../src/views/inline.ts'
import { loadTheme } from '../../src/views/theme.ts'
import { pagePolicy } from '../../src/web/headers.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const THEMES = join(import.meta.dirname, '../../themes')
const POST = '/ru/2025/02/konferenciya-egov-2-0/'
const PAGES = ['/ru/', '/en/', POST, '/ru/search/?q=книга', '/ru/2025/02/', '/ru/about/', '/ru/nowhere/']
const inline = suite('what stands in templates')

function hashesOf(...templates: string[]) {
	const folder = temporaryFolder('templates')
	const files = templates.map((_, index) => join(folder, `${index}.hbs`))
	for (const [index, file] of files.entries()) writeFileSync(file, templates[index]!)
	return hashInline(files)
}

inline('scripts and styles are told by their hashes, each once', () => {
	// The examples of CSP Level 2 (7.17.1) and of MDN.
	const found = hashesOf(
		"<script>alert('Hello, world.');</script><STYLE>#inline { color: red }</STYLE >",
		'<p>{{title}}</p><script type="module">alert(\'Hello, world.\');</script>',
	)
	assert.equal(found.scripts, ["'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"])
	assert.is(found.styles.length, 1)
})

inline('files, data, empty ones and what differs from page to page have none', () => {
	const found = hashesOf(
		'<script src="{{asset "script.js"}}" defer></script><script> </script>',
		'<script type="application/ld+json">{"a":1}</script><script>let title = "{{title}}"</script><style>{{x}}</style>',
	)
	assert.equal(found, { scripts: [], styles: [] })
})

inline('a policy names them, and nothing unsafe', () => {
	assert.match(pagePolicy({ scripts: ["'sha256-a'"], styles: [] }), "script-src 'self' 'sha256-a'; style-src 'self';")
})

inline.run()

/** A theme from elsewhere: scripts and styles of its own in the page and in files, and a script put together there. */
function loudTheme(): string {
	const folder = temporaryFolder('themes')
	cpSync(join(THEMES, 'default'), join(folder, 'default'), { recursive: true })
	const loud = join(folder, 'loud')
	mkdirSync(join(loud, 'partials'), { recursive: true })
	mkdirSync(join(loud, 'assets'))
	writeFileSync(join(loud, 'theme.json'), '{ "name": "Loud", "extends": "default" }')
	writeFileSync(join(loud, 'assets', 'loud.js'), "document.documentElement.dataset.file = 'ran'\n")
	writeFileSync(
		join(loud, 'partials', 'styles.hbs'),
		`<link rel="stylesheet" href="{{asset "style.css"}}">
<style>
body { border-top: 7px solid rebeccapurple }
</style>
<script>
	document.documentElement.dataset.inline = 'ran'
</script>
<script defer src="{{asset "loud.js"}}"></script>
`,
	)
	return folder
}

const test = suite('the content policy in a browser')
let blog: TestBlog<Awaited<ReturnType<typeof import('../support/fixtures.ts').seedFixtures>>>

test.before(async () => {
	blog = await startBlog(databases[0]!)
})
test.after(() => blog.close())

/** Wears a theme that isn't in the folder of themes. */
async function wear(theme: ReturnType<typeof loadTheme>): Promise<void> {
	Object.defineProperty(blog.inside, 'theme', { get: () => theme, configurable: true })
	blog.inside.pages?.forget('all')
}

for (const name of ['default', 'classic']) {
	test(`nothing of the theme ${name} is stopped, on any kind of page`, async () => {
		await wear(loadTheme(name))
		const { page, problems, thirdPartyRequests, close } = await openPage(`${blog.url}/ru/`)
		for (const path of PAGES) await page.goto(blog.url + path)
		assert.equal([...problems.filter(isOfPolicy), ...thirdPartyRequests], [])
		await close()
	})
}

test("a theme from elsewhere runs its own scripts and styles, the page's and those in files, also from the cache", async () => {
	await wear(loadTheme('loud', { folder: loudTheme() }))
	const { page, problems, close } = await openPage(`${blog.url}/ru/`)
	for (const path of [...PAGES, POST]) {
		await page.goto(blog.url + path)
		const seen = await page.evaluate(() => [
			{ ...(globalThis as any).document.documentElement.dataset },
			(globalThis as any).getComputedStyle((globalThis as any).document.body).borderTopWidth,
		])
		assert.equal(seen, [{ inline: 'ran', file: 'ran' }, '7px'], path)
	}
	assert.equal(problems.filter(isOfPolicy), [])
	await close()
})

test('a script that got into a post does not run, nor a style or a handler', async () => {
	await wear(loadTheme('default'))
	const bad = `<p id="bad" style="opacity:0.5" onclick="document.title = 'run'">x</p><script>document.title = 'run'</script>
<img src="x:" onerror="document.title = 'run'"><style>#bad { color: red }</style><base href="https://evil.example/">`
	await blog.db
		.updateTable('translations')
		.set({ html: bad })
		.where('post_id', '=', blog.seeded.posts.conference)
		.execute()
	await blog.db.transaction().execute((trx) => bumpPosts(trx, ['ru'], [blog.seeded.posts.conference]))
	const { page, problems, close } = await openPage(blog.url + POST)
	await page.click('#bad')
	const seen = await page.evaluate(() => [
		(globalThis as any).document.title === 'run',
		(globalThis as any).document.baseURI.startsWith('https://evil'),
		(globalThis as any).getComputedStyle((globalThis as any).document.querySelector('#bad')).opacity,
	])
	assert.equal(seen, [false, false, '1'])
	assert.ok(problems.filter(isOfPolicy).length >= 4, problems.join('\n'))
	await close()
})

test.run()

function isOfPolicy(problem: string): boolean {
	return /content security policy|refused|violat/i.test(problem)
}
