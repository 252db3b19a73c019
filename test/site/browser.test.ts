import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startBlog, type TestBlog } from '../support/app.ts'
import { axe, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import type { seedFixtures } from '../support/fixtures.ts'

/** One of each kind of page, in both languages. */
const PAGES = {
	ru: [
		...['', '2025/02/', '2025/02/26/', 'category/sobytiya/', 'author/anna/', 'search/?q=конференция', 'o-bloge/'],
		...['2025/02/konferenciya-egov-2-0/', '2025/01/dlya-svoih/', 'nowhere/', '2024/08/'],
	],
	en: [
		...['', '2025/02/', '2025/02/26/', 'category/events/', 'author/anna/', 'search/?q=conference', 'about/'],
		...['2025/02/egov-2-0-conference/', '2025/01/for-friends/', '2024/10/nochnoy-poezd/', '2024/08/'],
	],
}
const PATHS = Object.entries(PAGES).flatMap(([locale, paths]) => paths.map((path) => `/${locale}/${path}`))

// What a browser shows doesn't depend on the database.
const test = suite('pages in a browser')
let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
test.before(async () => {
	blog = await startBlog(databases[0]!)
})
test.after(() => blog.close())

/** A 404 is told in the console as a failed load of the page itself. */
const isOfPage = (problem: string) => !/the server responded with a status of 404/.test(problem)

for (const width of [320, 1280]) {
	for (const dark of [false, true]) {
		test(`every kind of page is accessible at ${width} px in ${dark ? 'dark' : 'light'} colours`, async () => {
			const faults: string[] = []
			const opened = await openPage(`${blog.url}/ru/`, { width, dark })
			const { page, problems, thirdPartyRequests } = opened
			for (const path of PATHS) {
				await page.goto(blog.url + path)
				faults.push(...(await axe(page)).map((line) => `${path} ${line}`))
				const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
				if (Number(overflow) > 0) faults.push(`${path} is ${overflow} px too wide`)
			}
			await opened.close()
			assert.equal([...faults, ...problems.filter(isOfPage), ...thirdPartyRequests], [])
		})
	}
}

test('without script every page reads the same, and its forms work', async () => {
	const plain = await openPage(`${blog.url}/ru/`, { javaScript: false })
	await plain.page.locator('nav.languages a[lang=en]').click()
	assert.is(plain.page.url(), `${blog.url}/en/`)
	await plain.page.locator('input[name=q]').fill('conference')
	await plain.page.locator('input[name=q]').press('Enter')
	assert.is(plain.page.url(), `${blog.url}/en/search/?q=conference`)
	assert.is(await plain.page.locator('main h2 a').count(), 2)
	await plain.page.goto(`${blog.url}/ru/2025/01/dlya-svoih/`)
	await plain.page.locator('input[type=password]').fill('сезам')
	await plain.page.locator('input[type=password]').press('Enter')
	assert.match(await plain.page.locator('.e-content').innerText(), /Тайный\sтекст/)
	await plain.page.goto(`${blog.url}/ru/2025/02/`)
	await plain.page.locator('table.calendar td a').click()
	assert.is(plain.page.url(), `${blog.url}/ru/2025/02/26/`)
	assert.is((await plain.page.context().cookies()).filter(({ name }) => name === 'lang').length, 0)
	await plain.close()
})

test('the language is changed by the keyboard, and remembered', async () => {
	const { page, problems, close } = await openPage(`${blog.url}/ru/2025/02/konferenciya-egov-2-0/`)
	await page.locator('nav.languages a[lang=en]').focus()
	await page.keyboard.press('Enter')
	await page.waitForURL('**/egov-2-0-conference/')
	const cookie = (await page.context().cookies()).find(({ name }) => name === 'lang')
	assert.equal([cookie?.value, cookie?.path], ['en', '/'])
	await page.goto(`${blog.url}/`)
	assert.is(page.url(), `${blog.url}/en/`)
	await page.goto(`${blog.url}/ru/`)
	assert.is(await page.locator('html').getAttribute('lang'), 'ru')
	assert.equal(problems, [])
	await close()
})

test('a reader by keyboard may skip to the content, and sees where the focus is', async () => {
	const { page, close } = await openPage(`${blog.url}/ru/`)
	await page.keyboard.press('Tab')
	const skip = page.locator(':focus')
	assert.is(await skip.getAttribute('href'), '#content')
	assert.ok((await skip.boundingBox())!.y >= 0)
	await page.keyboard.press('Enter')
	assert.is(await page.evaluate('document.activeElement.id'), 'content')
	const outline = `getComputedStyle(document.activeElement).outlineStyle !== 'none'`
	await page.keyboard.press('Tab')
	assert.ok(await page.evaluate(outline))
	await close()
})

test.run()
