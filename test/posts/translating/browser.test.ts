import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { filled, openDesk, PASSWORD, startDesks } from '../../admin/desk.ts'
import { axe, type OpenOptions, openPage } from '../../support/browser.ts'
import { databases } from '../../support/databases.ts'

const test = suite('translating in a browser')
const blog = await startDesks(databases[0]!)
const anna = await openDesk(blog, 'anna@example.org')

const SOURCE =
	'Первый абзац, довольно длинный.\n\n```js\nconst отклик = "да"\n```\n\nВторой.\n\n![](/media/2025/03/cat.png)'

test.before(async () => {
	const media = {
		path: '2025/03/cat.png',
		name: 'cat.png',
		mime: 'image/png',
		bytes: 1,
		width: 1,
		height: 1,
		created_at: 0,
	}
	await blog.db
		.insertInto('media')
		.values({ ...media, author_id: blog.seeded.authors.anna })
		.execute()
})
test.after(() => blog.close())

async function signedIn(path: string, options: OpenOptions = {}) {
	const opened = await openPage(`${blog.url}/admin/login/?next=${encodeURIComponent(path)}`, options)
	await opened.page.fill('#email', 'anna@example.org')
	await opened.page.fill('#password', PASSWORD)
	await opened.page.click('main button')
	await opened.page.waitForURL(`${blog.url}${path}`)
	return opened
}

/** A post of which a part is translated and a part has changed since; its number. */
async function changed(): Promise<string> {
	const made = await anna.post('/admin/posts/new/ru/', {
		title: 'Кот',
		text: SOURCE,
		excerpt: 'Вкратце',
		status: 'published',
	})
	const post = /\d+/.exec(made.headers.location!)![0]
	const address = `/admin/posts/${post}/en/translate/`
	const form = filled(await anna.html(address), '#editor')
	await anna.post(address, {
		...form,
		title: 'A cat',
		target: ['The first paragraph.', 'const', '', '![](/media/2025/03/cat.png)'],
		status: 'published',
	})
	const editor = filled(await anna.html(`/admin/posts/${post}/ru/`), '#editor')
	const text = SOURCE.replace('довольно', 'весьма').replace('Второй.', 'Иной.')
	await anna.post(`/admin/posts/${post}/ru/`, {
		...editor,
		title: 'Кот',
		text,
		excerpt: 'Вкратце',
		status: 'published',
	})
	return post
}

for (const [width, dark] of [
	[1280, false],
	[320, true],
] as const) {
	test(`its pages are accessible and fit in both languages, ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
		const post = await changed()
		const { page, problems, thirdPartyRequests, close } = await signedIn('/admin/', { width, dark })
		for (const locale of ['ru', 'en']) {
			await blog.db.updateTable('authors').set({ language: locale }).where('slug', '=', 'anna').execute()
			const rooms = [`/admin/posts/${post}/en/translate/`, '/admin/translations/', '/admin/translations/?q=zzz']
			for (const path of [...rooms, `/admin/posts/${blog.seeded.posts.night}/en/translate/`]) {
				await page.goto(blog.url + path)
				assert.is(await page.getAttribute('html', 'lang'), locale)
				assert.equal(await axe(page), [], `${path}, ${locale}`)
				assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${path} is too wide`)
			}
		}
		// The picture is in no storage.
		assert.equal([problems.filter((problem) => !/404/.test(problem)), thirdPartyRequests], [[], []])
		await close()
	})
}

test('paragraphs stand side by side on a desk, under each other on a phone', async () => {
	const path = `/admin/posts/${await changed()}/en/translate/`
	for (const [width, isBeside] of [
		[1280, true],
		[320, false],
	] as const) {
		const { page, close } = await signedIn(path, { width })
		const [source, target] = [
			await page.locator('#source-1').boundingBox(),
			await page.locator('#target-1').boundingBox(),
		]
		assert.is(source!.x < target!.x, isBeside)
		assert.is(source!.y + source!.height <= target!.y, !isBeside)
		await close()
	}
})

test('without script and by keyboard what changed is ticked off, and the board no longer calls it out of date', async () => {
	await blog.db.updateTable('authors').set({ language: 'ru' }).where('slug', '=', 'anna').execute()
	const post = await changed()
	const { page, close } = await signedIn('/admin/translations/?state=outdated', { javaScript: false })
	await page.focus(`a[href="/admin/posts/${post}/en/translate/"]`)
	await page.keyboard.press('Enter')
	await page.waitForSelector('.behind')
	await page.fill('#target-1', 'The first paragraph, a long one.')
	for (const tick of await page.locator('input[name=tick]').all()) {
		await tick.focus()
		await page.keyboard.press('Space')
	}
	await page.focus('#title')
	await page.keyboard.press('Enter')
	await page.waitForSelector('.notice[role=status]')
	assert.match((await page.textContent('.notice')) ?? '', 'Перевод снова соответствует оригиналу')
	await page.goto(`${blog.url}/admin/translations/?state=outdated`)
	assert.is(await page.locator(`a[href="/admin/posts/${post}/en/translate/"]`).count(), 0)
	const { source } = await blog.db
		.selectFrom('translations')
		.select('source')
		.where('post_id', '=', Number(post))
		.where('locale', '=', 'en')
		.executeTakeFirstOrThrow()
	assert.is(source, 'The first paragraph, a long one.\n\nconst\n\n![](/media/2025/03/cat.png)')
	await close()
})

test('what is typed is kept by itself, and is there again', async () => {
	const path = `/admin/posts/${await changed()}/en/translate/`
	const { page, close } = await signedIn(path)
	await page.fill('#target-3', 'Typed and not saved.')
	await page.locator('#kept', { hasText: 'Черновик сохранён' }).waitFor()
	await page.goto(blog.url + path)
	await page.click('.unsaved a')
	await page.waitForURL(/draft=/)
	assert.is(await page.inputValue('#target-3'), 'Typed and not saved.')
	await close()
})

test.run()
