import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { axe, type OpenedPage, type OpenOptions, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { photo, uploadJson } from './uploads.ts'

const [database] = databases
const jpeg = await photo(800, 600).jpeg().toBuffer()
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'

const test = suite('files in the browser')
let blog: DeskBlog
let anna: Desk

test.before.each(async () => {
	blog = await startDesks(database!)
	anna = await openDesk(blog, 'anna@example.org')
})
test.after.each(() => blog.close())

/** The page of an address as Anna sees it. */
async function open(path: string, options?: OpenOptions): Promise<OpenedPage> {
	const opened = await openPage(`${blog.url}/admin/login/`, options)
	const [name = '', value = ''] = anna.cookie.split('=')
	await opened.page.context().addCookies([{ name, value, url: blog.url }])
	await opened.page.goto(blog.url + path)
	return opened
}

test('chosen files are sent with progress; what is refused says why, what is taken is shown', async () => {
	const { page, problems, thirdPartyRequests, close } = await open('/admin/media/')
	assert.not.ok(await page.isVisible('#upload button'))
	await page.setInputFiles('#files', [
		{ name: 'Закат.jpg', mimeType: 'image/jpeg', buffer: jpeg },
		{ name: 'рисунок.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(SVG) },
	])
	await page.waitForSelector('.tiles li:nth-child(2)')
	assert.equal(await page.locator('.sending .state').allTextContents(), ['Готово', 'Готово'])
	assert.equal(await page.locator('.tiles .name').allTextContents(), ['рисунок.svg', 'Закат.jpg'])
	assert.is(await page.locator('.empty').count(), 0)
	assert.equal([problems, thirdPartyRequests], [[], []])
	await page.setInputFiles('#files', [
		{ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<!doctype html>') },
		{ name: 'ещё.jpg', mimeType: 'image/jpeg', buffer: jpeg },
	])
	await page.waitForSelector('.tiles li:nth-child(3)')
	assert.match((await page.textContent('.sending .refused'))!, /page\.html.*веб-страница/)
	await close()
})

test('files are dropped anywhere on the form', async () => {
	const { page, close } = await open('/admin/media/')
	await page.evaluate((bytes) => {
		const data = new DataTransfer()
		data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], 'drop.jpg'))
		for (const type of ['dragover', 'drop']) {
			const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })
			document.querySelector('#upload')!.dispatchEvent(event)
		}
	}, jpeg.toString('base64'))
	await page.waitForSelector('.tiles li')
	assert.equal(await page.locator('.tiles .name').allTextContents(), ['drop.jpg'])
	await close()
})

test('without script a file is uploaded, described and deleted', async () => {
	const { page, close } = await open('/admin/media/', { javaScript: false })
	await page.setInputFiles('#files', [{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: jpeg }])
	await page.click('#upload button')
	assert.is(await page.textContent('[role=status]'), 'Загружено.')
	await page.click('.tiles a')
	await page.fill('#alt-ru', 'Закат')
	await page.click('.form button')
	assert.is(await page.inputValue('#alt-ru'), 'Закат')
	assert.match(await page.inputValue('#markdown'), /^!\[Закат\]\(\/media\/2025\/03\/a-[\da-f]{8}\.jpg\)$/)
	await page.click('.danger button')
	assert.is(await page.locator('.tiles li').count(), 0)
	await close()
})

for (const [locale, width, dark] of [
	['ru', 320, false],
	['en', 320, true],
	['ru', 1280, true],
	['en', 1280, false],
] as const) {
	test(`axe finds nothing, and nothing sticks out: ${locale}, ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
		await anna.post('/admin/language/', { language: locale })
		const files = [
			{ name: `${'Очень-длинное-название-'.repeat(6)}.jpg`, content: jpeg },
			{ name: 'a.pdf', content: '%PDF-1.4\n%%EOF' },
			{
				name: 'a.mp4',
				content: Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('isom0000isommp42')]),
			},
		]
		const told = await uploadJson(blog, anna, files)
		for (const path of ['/admin/media/', '/admin/media/?q=nothing', ...told.map(({ id }) => `/admin/media/${id}/`)]) {
			const { page, close } = await open(path, { width, dark })
			assert.equal(await axe(page), [], path)
			const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
			assert.is(overhang, 0, path)
			await close()
		}
	})
}

test.run()
