import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { axe, type OpenOptions, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { faultsOf, filled, openDesk, PASSWORD, startDesks } from './desk.ts'

const test = suite('the editor in a browser')
const blog = await startDesks(databases[0]!)
const { conference, night, plans } = blog.seeded.posts
const NEW = '/admin/posts/new/ru/'

async function opened(path: string, options: OpenOptions = {}, email = 'anna@example.org') {
	const browser = await openPage(`${blog.url}/admin/login/?next=${encodeURIComponent(path)}`, options)
	await browser.page.fill('#email', email)
	await browser.page.fill('#password', PASSWORD)
	await browser.page.click('main button[type=submit]')
	await browser.page.waitForURL(`${blog.url}${path}`)
	if (options.javaScript !== false) await browser.page.waitForSelector('.editor.live')
	return browser
}

/** Text in the editor, as it is shown. */
const shown = (page: Page) => page.evaluate<string>("document.querySelector('.cm-content').innerText")
const type = async (page: Page, text: string) => {
	await page.click('.cm-content')
	await page.keyboard.type(text)
}
/** Waits for a condition: asked by the debugger, as the page's CSP lets nothing be evaluated. */
async function until(page: Page, condition: string): Promise<void> {
	const end = Date.now() + 15_000
	while (!(await page.evaluate(condition))) {
		if (Date.now() > end) throw new Error(`${condition} in vain: ${await page.innerText('main')}`)
		await new Promise((resolve) => setTimeout(resolve, 50))
	}
}
const kept = (page: Page) => until(page, "/сохранён/.test(document.querySelector('#kept').textContent)")
/** Pastes or drops as the clipboard and the mouse would: text, or a file. */
const paste = (page: Page, text: string, file = '', isDropped = false) =>
	page.evaluate(
		`(() => {
			const data = new DataTransfer()
			if (${JSON.stringify(text)}) data.setData('text/plain', ${JSON.stringify(text)})
			const bytes = Uint8Array.from(atob(${JSON.stringify(file)}), (letter) => letter.charCodeAt(0))
			if (bytes.length) data.items.add(new File([bytes], 'снег.png', { type: 'image/png' }))
			const content = document.querySelector('.cm-content')
			const { x, y } = content.getBoundingClientRect()
			const how = { bubbles: true, cancelable: true, clientX: x + 30, clientY: y + 30 }
			content.dispatchEvent(
				${isDropped}
					? new DragEvent('drop', { ...how, dataTransfer: data })
					: new ClipboardEvent('paste', { ...how, clipboardData: data }),
			)
		})()`,
	)
const drop = (page: Page, file: string) => paste(page, '', file, true)
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

async function savedText(id: number): Promise<string> {
	const row = await blog.db
		.selectFrom('translations')
		.select('source')
		.where('post_id', '=', id)
		.where('locale', '=', 'ru')
		.executeTakeFirstOrThrow()
	return row.source
}

test.before.each(async () => {
	await blog.db.updateTable('authors').set({ language: 'ru' }).execute()
	await blog.db.deleteFrom('autosaves').execute()
})

test('text is typed, marked by buttons and keys, counted, and saved as Markdown', async () => {
	const { page, problems, thirdPartyRequests, close } = await opened(NEW)
	await page.fill('#title', 'Из редактора')
	await until(page, "document.querySelector('#address').textContent === '/ru/2025/03/iz-redaktora/'")
	await type(page, 'Слово')
	await page.keyboard.press('Shift+Home')
	await page.click('[data-command=bold]')
	await page.keyboard.press('End')
	await page.keyboard.type(' и ещё')
	await page.keyboard.press('Control+Shift+ArrowLeft')
	await page.keyboard.press('Control+i')
	await page.keyboard.press('End')
	await page.keyboard.press('Enter')
	await page.keyboard.type('Заголовок')
	await page.click('[data-command=heading]')
	assert.is(await shown(page), '**Слово** и *ещё*\n## Заголовок')
	await until(page, "document.querySelector('.length output').textContent === '4'")
	await page.keyboard.press('Control+s')
	await page.waitForURL(/done=saved/)
	const id = Number(/posts\/(\d+)/.exec(page.url())![1])
	assert.is(await savedText(id), '**Слово** и *ещё*\n## Заголовок')
	assert.equal([problems, thirdPartyRequests], [[], []])
	await close()
})

test('an address pasted over words makes them a link, and a picture is uploaded where the cursor is', async () => {
	const { page, problems, close } = await opened(NEW)
	await type(page, 'вот программа')
	await page.keyboard.press('Control+Shift+ArrowLeft')
	await paste(page, 'https://example.org/program')
	await until(page, "/\\(https/.test(document.querySelector('.cm-content').innerText)")
	assert.is(await shown(page), 'вот [программа](https://example.org/program)')
	await page.keyboard.press('Control+End')
	await page.keyboard.press('Enter')
	await paste(page, '', PNG)
	await until(page, "/\\(\\/media\\//.test(document.querySelector('.cm-content').innerText)")
	assert.match(await shown(page), /!\[.*\]\(\/media\/.+\)/, faultsOf(blog))
	await paste(page, '', Buffer.from('not a picture at all').toString('base64'))
	await until(page, "document.querySelector('#kept').classList.contains('bad')")
	assert.not.match(await shown(page), 'Загружается')
	await drop(page, PNG)
	await until(page, "document.querySelector('.cm-content').innerText.match(/\\(\\/media\\//g)?.length === 2")
	const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.click('.cover button')])
	await chooser.setFiles({ name: 'обложка.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') })
	await page.waitForSelector('.cover input:checked + img')
	await page.click('.bar button')
	await page.waitForURL(/done=saved/)
	assert.ok(await page.locator('.cover input:checked + img').isVisible())
	assert.equal(
		problems.filter((problem) => !problem.includes('422')),
		[],
	)
	await close()
})

test('the page of the post stands beside and follows what is typed', async () => {
	const { page, problems, close } = await opened(`/admin/posts/${night}/ru/`)
	await page.click('button[formaction]')
	const frame = page.frameLocator('.preview iframe')
	await frame.getByText('А потом ещё одну.').waitFor()
	await page.click('.cm-content')
	await page.keyboard.press('Control+End')
	await page.keyboard.type(' И **третью**.')
	await frame.locator('strong', { hasText: 'третью' }).waitFor()
	await page.click('button[formaction]')
	assert.is(await page.locator('.preview iframe').isVisible(), false)
	assert.equal(problems, [])
	await close()
})

test('what is typed is kept by itself, found on coming back, and goes on from there', async () => {
	const { page, close } = await opened(`/admin/posts/${plans}/ru/`)
	await page.click('.cm-content')
	await page.keyboard.press('Control+End')
	await page.keyboard.type(' Не сохранено.')
	await kept(page)
	await page.goto(`${blog.url}/admin/posts/`)
	await page.goto(`${blog.url}/admin/posts/${plans}/ru/`)
	assert.not.match(await shown(page), 'Не сохранено')
	await page.click('.unsaved a')
	await page.waitForURL(/draft=/)
	assert.match(await shown(page), 'Не сохранено')
	await page.click('.bar button')
	await page.waitForURL(/done=saved/)
	assert.match(await savedText(plans), 'Не сохранено')
	await close()
})

test('another language is opened without questions, and the text waits', async () => {
	const { page, close } = await opened(`/admin/posts/${plans}/ru/`)
	await page.click('.cm-content')
	await page.keyboard.type('Набрано. ')
	await page.click('.siblings a:not([aria-current])')
	await page.waitForURL(`${blog.url}/admin/posts/${plans}/en/`)
	await page.click('.siblings a:not([aria-current])')
	await page.waitForURL(`${blog.url}/admin/posts/${plans}/ru/`)
	assert.ok(await page.locator('.unsaved').isVisible())
	await close()
})

test('two who write one text are warned, and both texts are shown', async () => {
	const [anna, boris] = [
		await opened(`/admin/posts/${night}/ru/`),
		await opened(`/admin/posts/${night}/ru/`, {}, 'boris@example.org'),
	]
	await type(boris.page, 'Борис. ')
	await kept(boris.page)
	await type(anna.page, 'Анна. ')
	await kept(anna.page)
	assert.match(await anna.page.locator('#others').innerText(), 'Борис Щукин')
	await boris.page.click('.bar button')
	await boris.page.waitForURL(/done=saved/)
	await anna.page.click('.bar button')
	await anna.page.waitForSelector('.conflict')
	assert.match(await anna.page.locator('.conflict').innerText(), 'Борис')
	assert.match(await shown(anna.page), 'Анна.')
	assert.equal(await axe(anna.page), [])
	await anna.close()
	await boris.close()
})

test('a session that ended is told of, and nothing typed is lost', async () => {
	const { page, close } = await opened(NEW)
	await page.fill('#title', 'После сеанса')
	await page.context().clearCookies()
	await type(page, 'Всё здесь.')
	await until(page, "document.querySelector('#kept').classList.contains('bad')")
	await page.click('.bar button')
	await page.waitForSelector('#password')
	await page.fill('#email', 'anna@example.org')
	await page.fill('#password', PASSWORD)
	await page.click('main button[type=submit]')
	await page.waitForURL(/done=saved/)
	assert.is(await shown(page), 'Всё здесь.')
	await close()
})

test('the keyboard goes along the buttons, into the text and out of it', async () => {
	const { page, close } = await opened(NEW)
	await page.focus('#title')
	await page.keyboard.press('Tab')
	await page.keyboard.press('ArrowRight')
	const focused = () =>
		page.evaluate<string>('document.activeElement.dataset.command ?? document.activeElement.className')
	assert.is(await focused(), 'italic')
	await page.keyboard.press('Tab')
	assert.match(await focused(), 'cm-content')
	await page.keyboard.press('Tab')
	assert.is(await page.evaluate('document.activeElement.id'), 'excerpt')
	await close()
})

test('without script the languages stand side by side, a preview opens by itself, and all is saved', async () => {
	const { page, close } = await opened(`/admin/posts/${conference}/ru/`, { javaScript: false, width: 1700 })
	const [text, sheet] = [await page.locator('#text').boundingBox(), await page.locator('.sheet').boundingBox()]
	assert.ok(sheet!.x >= text!.x + text!.width && Math.abs(sheet!.y - text!.y) < 200)
	await page.fill('#text', 'Без *скрипта*.')
	const [preview] = await Promise.all([page.waitForEvent('popup'), page.click('button[formaction]')])
	assert.is(await preview.locator('.e-content em').innerText(), 'скрипта')
	await page.click('.new summary >> nth=1')
	await page.fill('#newtags', 'Без скрипта')
	await page.fill('#newtags-en', 'No script')
	await page.click('.bar button')
	await page.waitForURL(/done=saved/)
	assert.is(await savedText(conference), 'Без *скрипта*.')
	await close()
})

for (const [width, dark] of [
	[1280, false],
	[320, true],
] as const) {
	for (const locale of ['ru', 'en']) {
		test(`everything is accessible and fits: ${locale}, ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
			const desk = await openDesk(blog, 'anna@example.org')
			const path = `/admin/posts/${plans}/en/`
			const form = filled(await desk.html(path), '#editor')
			await desk.post(`${path}draft/`, { ...form, text: 'Typed, not saved.' })
			await desk.post(path, { ...form, key: '', text: `A draft of ${width} ${locale}.` })
			await desk.post(`${path}previews/`)
			await blog.db.updateTable('authors').set({ language: locale }).execute()
			const { page, problems, close } = await opened(path, { width, dark })
			const fits = async (name: string) => {
				assert.equal(await axe(page), [], name)
				assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${name} is too wide`)
			}
			await page.click('.new summary')
			await fits('the form of a draft')
			await page.click('button[formaction]')
			await page.waitForSelector('.preview iframe')
			await fits('the form with the page beside it')
			await page.goto(`${blog.url}${path}revisions/`)
			await fits('the history')
			await page.goto(`${blog.url}${NEW}`)
			await page.waitForSelector('.editor.live')
			await fits('the form of a new post')
			assert.equal(problems, [])
			await close()
		})
	}
}

test.after(() => blog.close())

test.run()
