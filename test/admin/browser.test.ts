import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setupLink } from '../../src/authors/links.ts'
import { startBlog } from '../support/app.ts'
import { axe, type OpenOptions, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { PASSWORD, startDesks } from './desk.ts'

const test = suite('the admin page in a browser')
const blog = await startDesks(databases[0]!)
const { conference, night } = blog.seeded.posts

/** Rooms as pages.browser.test.ts, which walks them all, doesn't see them. */
const ROOMS = {
	'form of a new post': '/admin/posts/new/ru/',
	'form of a post': `/admin/posts/${conference}/ru/?done=saved`,
	'form of a missing translation': `/admin/posts/${night}/en/`,
	themes: '/admin/settings/themes/?show=classic',
	'queue of responses': '/admin/responses/?state=approved',
	'question about a response': `/admin/responses/?id=${blog.seeded.responses.held}&action=approve`,
	'empty queue': '/admin/responses/?state=spam&done=none',
}

async function signedIn(path: string, options: OpenOptions) {
	const opened = await openPage(`${blog.url}/admin/login/?next=${encodeURIComponent(path)}`, options)
	await opened.page.fill('#email', 'anna@example.org')
	await opened.page.fill('#password', PASSWORD)
	await opened.page.click('main button')
	await opened.page.waitForURL(`${blog.url}${path}`)
	return opened
}

async function check({ page, problems, thirdPartyRequests }: Awaited<ReturnType<typeof openPage>>, name: string) {
	assert.equal(await axe(page), [], name)
	assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${name} is too wide`)
	assert.equal([problems, thirdPartyRequests], [[], []], name)
}

for (const [width, dark] of [
	[1280, false],
	[320, true],
] as const) {
	for (const locale of ['ru', 'en']) {
		const look = `${locale}, ${width} px, ${dark ? 'dark' : 'light'}`

		test(`the rooms are accessible and fit: ${look}`, async () => {
			await blog.db.updateTable('authors').set({ language: locale }).where('slug', '=', 'anna').execute()
			const opened = await signedIn('/admin/', { width, dark })
			for (const [name, path] of Object.entries(ROOMS)) {
				await opened.page.goto(blog.url + path)
				assert.is(await opened.page.getAttribute('html', 'lang'), locale)
				await check(opened, `${name}, ${look}`)
			}
			await opened.close()
		})

		test(`the gates are accessible and fit: ${look}`, async () => {
			const other = await startBlog(databases[0]!)
			const link = await setupLink({ db: other.db, siteUrl: other.url })
			const opened = await openPage(link!, { width, dark, locale })
			await check(opened, `set-up, ${look}`)
			await opened.page.goto(`${other.url}/admin/setup/?token=gone`)
			assert.equal(await axe(opened.page), [])
			await opened.page.goto(`${other.url}/admin/login/`)
			await opened.page.fill('#email', 'anna@example.org')
			await opened.page.fill('#password', 'wrong')
			await opened.page.click('main button')
			await opened.page.waitForSelector('[role=alert]')
			assert.is(await opened.page.getAttribute('html', 'lang'), locale)
			assert.equal(await axe(opened.page), [])
			await opened.close()
			await other.close()
		})
	}
}

test('a form saved as it is changes nothing', async () => {
	const rows = () =>
		blog.db.selectFrom('translations').selectAll().where('post_id', '=', conference).orderBy('id').execute()
	const before = await rows()
	const { page, close } = await signedIn(`/admin/posts/${conference}/ru/`, { javaScript: false })
	await page.click('.bar button')
	await page.waitForSelector('[role=status]')
	const [after, other] = await rows()
	const { revision, major_revision, modified_at } = after!
	assert.equal([after, other], [{ ...before[0]!, revision, major_revision, modified_at }, before[1]])
	await close()
})

test('without script and by keyboard a post is written, published and its response approved', async () => {
	await blog.db.updateTable('authors').set({ language: 'ru' }).where('slug', '=', 'anna').execute()
	const { page, close } = await signedIn('/admin/posts/new/ru/', { javaScript: false })
	await page.focus('#title')
	await page.keyboard.type('С клавиатуры')
	await page.keyboard.press('Tab')
	await page.keyboard.type('Текст без мыши.')
	await page.getByLabel('Опубликовать').check()
	await page.focus('#title')
	await page.keyboard.press('Enter')
	await page.waitForSelector('[role=status]')
	await page.getByText('Открыть на сайте').click()
	assert.match((await page.textContent('h1')) ?? '', /С\sклавиатуры/)
	await page.goto(`${blog.url}/admin/responses/`)
	await page.check('.response input[type=checkbox]')
	await page.click('.bulk button[value=approve]')
	assert.match((await page.textContent('[role=status]')) ?? '', 'Одобрен 1 отклик')
	await close()
})

test('what was written when the session had ended survives sign-in', async () => {
	const { page, close } = await signedIn('/admin/posts/new/ru/', { javaScript: false })
	await page.fill('#title', 'Не пропал')
	await page.fill('#text', '\nПервая\n\n  вторая')
	await page.fill('#protection', 'тайна')
	await page.context().clearCookies()
	await page.click('.bar button')
	await page.waitForSelector('[role=alert]')
	await page.fill('#email', 'anna@example.org')
	await page.fill('#password', PASSWORD)
	await page.click('main button')
	await page.waitForURL(/\/admin\/posts\/\d+\/ru\/\?done=saved$/)
	assert.is(await page.inputValue('#title'), 'Не пропал')
	assert.is(await page.inputValue('#text'), '\nПервая\n\n  вторая')
	assert.is(await page.inputValue('#protection'), 'тайна')
	await close()
})

test.after(() => blog.close())

test.run()
