import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setupLink } from '../../src/authors/links.ts'
import { welcome } from '../../src/posts/welcome.ts'
import { startBlog } from '../support/app.ts'
import { openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { shoot } from '../support/shots.ts'
import { PASSWORD } from './desk.ts'

const HOUR = 3_600_000
const FIRST = 'Утром город был весь в снегу, и трамваи стояли до полудня.'
const LAST = 'К вечеру всё растаяло.'
const ENGLISH = [
	'In the morning the city was all snow, and the trams stood still until noon.',
	'By the evening it was gone.',
]

/** A sky, hills and snow. */
const SNOW = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="700">
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#7fa3c4"/><stop offset="1" stop-color="#f6e3d0"/></linearGradient>
<path fill="url(#sky)" d="M0 0h1200v700H0z"/><path fill="#b9cad9" d="M0 480l260-210 220 170 260-250 460 330v180H0z"/>
<path fill="#fff" d="M0 560q300-90 600-30t600-20v190H0z"/></svg>`

const [sqlite, postgres] = databases
const picture = { name: 'Снег.jpg', mimeType: 'image/jpeg', buffer: await sharp(Buffer.from(SNOW)).jpeg().toBuffer() }

for (const [hasScript, database] of [
	[true, sqlite!],
	[false, postgres!],
] as const) {
	const how = hasScript ? 'with' : 'without'
	const test = suite(`from the first run to a mended translation ${how} script`)
	let now = NOW
	const blog = await startBlog(database, { clock: () => now, seed: async () => {} })
	await welcome(blog.inside)
	const link = await setupLink({ db: blog.db, siteUrl: blog.url })
	const author = await openPage(link!, { javaScript: hasScript })
	const reader = await openPage(`${blog.url}/ru/`, { javaScript: hasScript })
	const { page } = author
	/** The address of the post among the authors, of its English text, and of its Russian one as readers see it. */
	let room = ''
	let address = ''

	const shot = (name: string, of: Page = page) => shoot(of, `${name}-${how}-script`)
	const go = (path: string) => page.goto(blog.url + path)
	const press = (text: string) => page.getByRole('button', { name: text, exact: true }).click()
	const saved = () => page.locator('.notice[role=status]:not(#others)').waitFor()
	const titles = async (path: string) => {
		await reader.page.goto(blog.url + path)
		const found = await reader.page.locator('.h-entry .p-name').allInnerTexts()
		// Typography puts spaces that don't break.
		return found.map((title) => title.replace(/\s/g, ' '))
	}

	/** Puts a text after what is in the editor. */
	async function write(text: string): Promise<void> {
		if (!hasScript) return page.fill('#text', `${await page.inputValue('#text')}${text}`)
		await page.locator('.editor.live').waitFor()
		await page.click('.cm-content')
		await page.keyboard.press('Control+End')
		await page.keyboard.insertText(text)
	}

	test('the link of the start makes the owner', async () => {
		await page.fill('#name', 'Анна Ёлкина')
		await page.fill('#email', 'anna@example.org')
		await page.fill('#password', PASSWORD)
		await shot('01-first-run')
		await press('Готово')
		await page.waitForURL(`${blog.url}/admin/`)
		await page.locator('.steps a', { hasText: 'Назовите блог' }).waitFor()
		await shot('02-overview')
	})

	test('a photo is uploaded, the Russian text written and published', async () => {
		const markdown = hasScript ? '' : await uploaded()
		await go('/admin/')
		await page.getByRole('link', { name: 'Новая запись' }).click()
		await page.fill('#title', 'Снег в апреле')
		await write(`${FIRST}\n\n${markdown}`)
		if (hasScript) {
			const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('[data-command=image]')])
			await chooser.setFiles(picture)
			await page.locator('.cm-content', { hasText: '](/media/' }).waitFor()
		}
		await write(`\n\n${LAST}`)
		await page.getByLabel('Опубликовать').check()
		await shot('03-written')
		await press('Сохранить')
		await saved()
		room = new URL(page.url()).pathname.replace(/ru\/$/, '')
		await shot('04-published')
		await page.getByRole('link', { name: 'Открыть на сайте' }).click()
		address = new URL(page.url()).pathname
		assert.match(address, /^\/ru\/2025\/03\/sneg-v-aprele\/$/)
		const drawn = page.locator('.e-content img')
		assert.ok(await drawn.evaluate((image) => (image as HTMLImageElement).decode().then(() => true)))
		await shot('05-as-readers-see-it')
	})

	/** Without script a file is sent in the room of files, which tells what to write in the text. */
	async function uploaded(): Promise<string> {
		await go('/admin/media/')
		await page.setInputFiles('#files', picture)
		await page.click('#upload button')
		await page.click('.tiles a')
		return page.inputValue('#markdown')
	}

	test('the English text is translated paragraph by paragraph and scheduled', async () => {
		await go(`${room}ru/`)
		await page.getByRole('link', { name: /English/ }).click()
		await page.getByRole('link', { name: 'Перевести абзац за абзацем' }).click()
		await page.fill('#title', 'Snow in April')
		await page.fill('#target-1', ENGLISH[0]!)
		await page.fill('#target-3', ENGLISH[1]!)
		assert.match(await page.inputValue('#target-2'), '](/media/')
		await shot('06-translated')
		await press('Сохранить')
		await saved()
		await page.getByRole('link', { name: 'Все настройки текста' }).click()
		await page.getByLabel('Опубликовать').check()
		await page.fill('#published', '2025-03-16T10:00')
		await press('Сохранить')
		await saved()
		assert.match(await page.locator('.siblings').innerText(), 'запланировано')
		await shot('07-scheduled')
	})

	test('home, calendar and feeds have each text from its time on', async () => {
		assert.ok((await titles('/ru/')).includes('Снег в апреле'))
		await shot('08-home', reader.page)
		await reader.page.click('table.calendar td a')
		assert.match(await reader.page.locator('.h-entry').first().innerText(), 'Снег')
		const isThere = async (path: string, text: string) => (await blog.get(path)).text.includes(text)
		for (const feed of ['feed/', 'feed/atom/', 'feed/json/']) {
			assert.ok(await isThere(`/ru/${feed}`, address))
			assert.not(await isThere(`/en/${feed}`, '/snow-in-april/'))
		}
		assert.not((await titles('/en/')).includes('Snow in April'))
		assert.is((await blog.get('/en/2025/03/snow-in-april/')).status, 404)

		now = NOW + 24 * HOUR
		assert.ok((await titles('/en/')).includes('Snow in April'))
		await reader.page.locator('table.calendar td a', { hasText: /^16$/ }).click()
		assert.is(new URL(reader.page.url()).pathname, '/en/2025/03/16/')
		await shot('09-english-at-its-time', reader.page)
		for (const feed of ['feed/', 'feed/atom/', 'feed/json/']) assert.ok(await isThere(`/en/${feed}`, '/snow-in-april/'))
		// One entry a post: whoever has read the Russian text isn't told of the English one as news.
		assert.ok(await isThere('/feed/', address))
	})

	test("a reader's response is held, approved in the queue and answered", async () => {
		await reader.page.goto(blog.url + address)
		await reader.page.fill('#respond-text', 'У нас то же самое!')
		await reader.page.fill('#respond-name', 'Вера')
		await reader.page.fill('#respond-email', 'vera@example.org')
		await reader.page.getByRole('button', { name: 'Отправить' }).click()
		await reader.page.locator('.comment.held').waitFor()
		await shot('10-held', reader.page)
		await go('/admin/')
		await page.locator('.counts .waiting a').click()
		await shot('11-queue')
		await page.locator('.response').getByRole('button', { name: 'Одобрить', exact: true }).click()
		await page.locator('#done').waitFor()
		await page.getByRole('link', { name: 'Одобренные' }).click()
		await page.locator('.response summary', { hasText: 'Ответить' }).click()
		await page.fill('.response .reply textarea', 'А у вас он ещё лежит?')
		await press('Опубликовать ответ')
		await page.locator('#done, .notice[role=status]').first().waitFor()
		await shot('12-answered')
		await reader.page.goto(`${blog.url}/en/2025/03/snow-in-april/`)
		const said = await reader.page.locator('.p-comment .e-content').allInnerTexts()
		assert.equal(
			said.map((text) => text.trim()),
			['У нас то же самое!', 'А у вас он ещё лежит?'],
		)
		assert.ok(await reader.page.locator('.e-content img').isVisible())
		await shot('13-one-conversation', reader.page)
	})

	test('when the Russian text changes the English one is out of date, until each change is ticked off', async () => {
		await go(`${room}ru/`)
		await write(' Даже под мостом.')
		await press('Сохранить')
		await saved()
		await page.getByRole('link', { name: 'Переводы', exact: true }).click()
		const english = page.locator(`.board .cells a[href^="${room}en/"]`)
		assert.match(await english.innerText(), 'оригинал изменился')
		await shot('14-out-of-date')
		await english.click()
		await page.locator('.behind').waitFor()
		await page.fill('#target-3', `${ENGLISH[1]} Even under the bridge.`)
		await page.locator('input[name=tick]').check()
		await shot('15-mended')
		await press('Сохранить')
		await page.locator('.notice', { hasText: 'Перевод снова соответствует оригиналу' }).waitFor()
		await page.getByRole('link', { name: 'Переводы', exact: true }).click()
		assert.not.match(await english.innerText(), 'оригинал изменился')
		assert.match(await english.innerText(), 'опубликовано')
		await shot('16-in-order')
		await reader.page.goto(`${blog.url}/en/2025/03/snow-in-april/`)
		assert.match(await reader.page.locator('.e-content').first().innerText(), 'Even under the bridge.')
	})

	test('nothing went wrong in the browser, nor was anybody else asked for anything', () => {
		for (const { problems, thirdPartyRequests } of [author, reader]) {
			assert.equal([problems, thirdPartyRequests], [[], []])
		}
	})

	test.after(async () => {
		await author.close()
		await reader.close()
		await blog.close()
	})

	test.run()
}
