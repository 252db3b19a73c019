import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PASSWORD, startDesks } from '../../admin/desk.ts'
import { axe, type OpenOptions, openPage } from '../../support/browser.ts'
import { databases } from '../../support/databases.ts'
import { say, text, write } from './room.ts'

const test = suite('joining and splitting in a browser')
const blog = await startDesks(databases[0]!)
const { anna: authorId, boris } = blog.seeded.authors
const { conference, week } = blog.seeded.posts

const RUSSIAN = 'Двадцать шестого ноября в Москве прошла первая конференция об электронном правительстве. '.repeat(4)
const ENGLISH = 'On November 26 we had the first e-government conference taken in Moscow. '.repeat(4)
const LONG = 'eGov2.0: финальный релиз, или Почему практический опыт полезнее самых длинных рассуждений о нём'

const ru = await write(blog.db, text('ru', '2010-11-26', LONG, 'itogi', RUSSIAN), { authorId, commentsOpen: false })
const link = `[in Russian](/ru/2010/11/itogi/)\n\n${ENGLISH}`
const en = await write(blog.db, text('en', '2010-11-26', 'eGov2.0 final release', 'release', link), {
	...{ authorId: boris, sticky: true, terms: [blog.seeded.terms.events] },
})
await say(blog.db, ru, 'Спасибо!')
await say(blog.db, en, 'Thank you!', { locale: 'en' })

const PAGES = {
	pairs: '/admin/translations/pairs/',
	candidates: `/admin/posts/${ru}/join/`,
	search: `/admin/posts/${ru}/join/?q=week`,
	'both posts': `/admin/posts/${ru}/join/?with=${en}`,
	refused: `/admin/posts/${en}/join/?with=${week}`,
	split: `/admin/posts/${conference}/split/`,
}

async function signedIn(path: string, options: OpenOptions) {
	const opened = await openPage(`${blog.url}/admin/login/?next=${encodeURIComponent(path)}`, options)
	await opened.page.fill('#email', 'anna@example.org')
	await opened.page.fill('#password', PASSWORD)
	await opened.page.click('main button')
	await opened.page.waitForURL(`${blog.url}${path}`)
	return opened
}

for (const [width, dark, locale] of [
	[1280, false, 'ru'],
	[320, true, 'ru'],
	[1280, true, 'en'],
	[320, false, 'en'],
] as const) {
	const look = `${locale}, ${width} px, ${dark ? 'dark' : 'light'}`

	test(`the pages are accessible and fit: ${look}`, async () => {
		await blog.db.updateTable('authors').set({ language: locale }).where('slug', '=', 'anna').execute()
		const { page, problems, thirdPartyRequests, close } = await signedIn(PAGES.pairs, { width, dark })
		for (const [name, path] of Object.entries(PAGES)) {
			await page.goto(blog.url + path)
			assert.is(await page.getAttribute('html', 'lang'), locale)
			assert.equal(await axe(page), [], `${name}, ${look}`)
			assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${name}, ${look}`)
		}
		assert.equal(thirdPartyRequests, [])
		const others = problems.filter((problem) => !/422/.test(problem))
		assert.equal(others, [])
		await close()
	})
}

test('a suggestion is joined and split again without script, by pressing what the pages offer', async () => {
	await blog.db.updateTable('authors').set({ language: 'ru' }).where('slug', '=', 'anna').execute()
	const { page, close } = await signedIn(PAGES.pairs, { javaScript: false })
	await page.click('.pairs .pair:first-child .button')
	assert.match(await page.innerText('.plan'), 'Две беседы сойдутся в одну: 2 отклика (1 + 1)')
	await page.click('form.deciding button')
	assert.match(await page.innerText('[role=status]'), 'Записи соединены')
	await page.click('[role=status] a:has-text("Разделить снова")')
	await page.click('form.deciding button')
	assert.match(await page.innerText('[role=status]'), 'Записи разделены')
	await page.click('[role=status] a:has-text("Соединить снова")')
	assert.is(await page.locator('form.deciding').count(), 1)
	await close()
})

test.after(() => blog.close())
test.run()
