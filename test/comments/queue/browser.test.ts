import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PASSWORD } from '../../admin/desk.ts'
import { axe, type OpenOptions, openPage } from '../../support/browser.ts'
import { databases } from '../../support/databases.ts'
import { respond, startQueue, stored } from './desk.ts'

const test = suite('the queue in a browser')
const blog = await startQueue(databases[0]!)
test.after(() => blog.close())

async function openQueue(options: OpenOptions = {}) {
	const opened = await openPage(`${blog.url}/admin/login/?next=${encodeURIComponent('/admin/responses/')}`, options)
	await opened.page.fill('#email', 'anna@example.org')
	await opened.page.fill('#password', PASSWORD)
	await opened.page.click('main button')
	await opened.page.waitForURL(/\/admin\/responses\/$/)
	return opened
}

test.before.each(async () => {
	await blog.db.deleteFrom('comments').execute()
	await blog.db.updateTable('authors').set({ language: 'ru' }).execute()
})

test('by keyboard alone one goes through the queue, decides, takes back and replies', async () => {
	const ids: number[] = []
	for (const name of ['Первый', 'Второй', 'Третий']) ids.unshift(await respond(blog, { name }))
	const [third = 0, second = 0, first = 0] = ids
	const { page, problems, close } = await openQueue()
	const here = () => page.evaluate('document.activeElement.id')
	const status = async (id: number) => (await stored(blog, id)).status
	await page.keyboard.press('j')
	assert.is(await here(), `response-${third}`)
	await page.keyboard.press('j')
	await page.keyboard.press('k')
	assert.is(await here(), `response-${third}`)
	const outline = 'getComputedStyle(document.activeElement).outlineStyle'
	assert.is(await page.evaluate(outline), 'solid')

	await page.keyboard.press('a')
	await page.waitForURL(/undo=/)
	await page.waitForSelector(`#response-${second}:focus`)
	assert.is(await status(third), 'approved')
	await page.locator('#done [role=status]', { hasText: 'Одобрен 1 отклик' }).waitFor()
	await page.keyboard.press('u')
	await page.waitForURL(/done=undone/)
	assert.is(await status(third), 'held')

	// As the keys are named on a Russian keyboard.
	await page.keyboard.press('j')
	await page.evaluate(
		`document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ы', code: 'KeyS', bubbles: true }))`,
	)
	await page.waitForURL(/undo=/)
	assert.is(await status(third), 'spam')
	await page.keyboard.press('d')
	await page.waitForSelector(`#response-${first}:focus`)
	assert.is(await status(second), 'trash')

	await page.keyboard.press('r')
	assert.is(await here(), `reply-${first}`)
	await page.keyboard.type('aj? Спасибо!')
	await page.keyboard.press('Escape')
	assert.is(await here(), `response-${first}`)
	await page.keyboard.press('r')
	await page.keyboard.press('Tab')
	await page.keyboard.press('Enter')
	await page.locator('#done', { hasText: 'Ответ опубликован' }).waitFor()
	assert.is(await status(first), 'approved')
	const reply = await blog.db.selectFrom('comments').select('source').where('parent_id', '=', first).execute()
	assert.equal(reply, [{ source: 'aj? Спасибо!' }])
	assert.equal(problems, [])
	await close()
})

test('the keys are told of, can be turned off, and stay so', async () => {
	const id = await respond(blog)
	const { page, close } = await openQueue()
	await page.keyboard.press('?')
	assert.is(await page.getAttribute('#keys', 'open'), '')
	assert.equal(await axe(page), [])
	await page.uncheck('#keys-on')
	await page.keyboard.press('Escape')
	await page.reload()
	await page.keyboard.press('j')
	await page.focus(`#response-${id}`)
	await page.keyboard.press('d')
	await page.keyboard.press('?')
	assert.is(await page.isVisible('#keys'), true)
	assert.is((await stored(blog, id)).status, 'held')
	await close()
})

test('a box chooses all of the page, others tell how many are chosen', async () => {
	for (const name of ['а', 'б', 'в']) await respond(blog, { name })
	const { page, close } = await openQueue()
	await page.check('#all')
	assert.is(await page.locator('.response header input:checked').count(), 3)
	await page.locator('.response header input').first().uncheck()
	assert.is(await page.textContent('#ticked'), 'Выбрано: 2')
	assert.is(await page.isChecked('#all'), false)
	await page.click('.bulk button[value=trash]')
	await page.waitForURL(/undo=/)
	assert.is(await page.locator('.response').count(), 1)
	await close()
})

test('without script all of it works: search, bulk, undo, an edit, a block', async () => {
	const id = await respond(blog, { name: 'Без скрипта', email: 'x@shop.example', source: 'искомое' })
	await respond(blog, { name: 'Другой' })
	const { page, close } = await openQueue({ javaScript: false, width: 320 })
	await page.fill('#q', 'иском')
	await page.selectOption('#lang', 'ru')
	await page.click('.sift button')
	await page.waitForURL(/q=/)
	assert.equal(await page.locator('.response h2').allTextContents(), ['Без скрипта'])
	await page.check('#all')
	await page.click('.bulk button[value=spam]')
	assert.match((await page.textContent('#done')) ?? '', 'Отмечен как спам 1 отклик')
	await page.click('#done button')
	await page.waitForURL(/done=undone/)
	assert.match((await page.textContent('[role=status]')) ?? '', 'Возвращено')
	assert.match(page.url(), /q=%D0%B8/)
	await page.click('.edit summary')
	await page.fill('.edit textarea', 'искомое, но иначе')
	await page.click('.edit button')
	await page.waitForURL(/undo=/)
	assert.is((await stored(blog, id)).source, 'искомое, но иначе')
	await page.click('.more summary')
	await page.click('.more button[value=block-email]')
	await page.locator('#done', { hasText: 'Заблокировано' }).waitFor()
	assert.is((await stored(blog, id)).status, 'spam')
	await close()
})

for (const [width, dark, language] of [
	[1280, false, 'ru'],
	[320, true, 'ru'],
	[1280, true, 'en'],
	[320, false, 'en'],
] as const) {
	test(`everything opened is accessible and fits: ${language}, ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
		await respond(blog, {
			name: 'Очень длинное имя без конца и края',
			email: `${'a'.repeat(60)}@very-long-host.example`,
			url: `https://${'long'.repeat(12)}.example/`,
			ip: '2001:db8:1:2:3:4:5:6',
			reasons: '[{"rule":"first"},{"rule":"links","detail":"7"}]',
		})
		await respond(blog, {
			kind: 'webmention',
			mention: 'like',
			url: 'https://like.example/',
			source: '',
			html: '',
			status: 'held',
		})
		const { page, problems, close } = await openQueue({ width, dark })
		await blog.db.updateTable('authors').set({ language }).execute()
		await page.goto(`${blog.url}/admin/responses/`)
		for (const summary of await page.locator('.deeds summary').all()) await summary.click()
		const look = async (name: string) => {
			assert.equal(await axe(page), [], name)
			assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${name} is too wide`)
		}
		await look('the queue')
		await page.goto(`${blog.url}/admin/responses/writers/`)
		await look('trust and blocks')
		assert.equal(problems, [])
		await close()
	})
}

test.run()
