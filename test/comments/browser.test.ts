import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { axe, type OpenedPage, type OpenOptions, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { ENGLISH_POST, type OpenBlog, POST, plain, standing, startOpenBlog } from './reader.ts'

const WORDS = {
	ru: {
		path: POST,
		name: 'Вера Павлова',
		text: 'А запись второго доклада будет?',
		send: 'Отправить',
		preview: 'Посмотреть, как выйдет',
		refused: 'Отклик не отправлен. Поправьте, пожалуйста, отмеченное.',
		notEmail: 'Это не похоже на адрес почты.',
		waits: 'Ждёт одобрения',
		heading: 'Оставить отклик',
		replyTo: 'Ответить: Вера',
		cancel: 'Отменить ответ',
	},
	en: {
		path: ENGLISH_POST,
		name: 'Vera Pavlova',
		text: 'Will there be a recording of it?',
		send: 'Send',
		preview: 'Preview',
		refused: 'Your response was not sent. Please correct what is marked.',
		notEmail: 'This does not look like an e-mail address.',
		waits: 'Awaiting approval',
		heading: 'Leave a response',
		replyTo: 'Reply to Вера',
		cancel: 'Cancel the reply',
	},
} as const

/** Presses Tab until the element has the focus, as people without a mouse do. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let presses = 0; presses < 150; presses++) {
		await page.keyboard.press('Tab')
		if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
	}
	throw new Error(`${selector} can't be reached by Tab`)
}

async function write(page: Page, selector: string, text: string): Promise<void> {
	await tabTo(page, selector)
	await page.keyboard.press('ControlOrMeta+A')
	await page.keyboard.type(text)
}

const isInView = (page: Page, selector: string) =>
	page.evaluate((wanted) => {
		const { top, bottom } = document.querySelector(wanted)!.getBoundingClientRect()
		return top > -1 && top < innerHeight && bottom > 0
	}, selector)

/** Fails unless the browser scrolls there: smoothly, so not at once. */
async function seesSoon(page: Page, selector: string): Promise<void> {
	const end = Date.now() + 10_000
	while (!(await isInView(page, selector))) {
		assert.ok(Date.now() < end, `${selector} is not in view`)
		await pause(20)
	}
}

/** Without script axe can't run. */
async function check({ page, problems, thirdPartyRequests }: OpenedPage, what: string, script = true): Promise<void> {
	if (script) assert.equal(await axe(page), [], what)
	assert.is(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, `${what} is too wide`)
	// The browser itself notes that a form was refused.
	assert.equal(
		problems.filter((problem) => !/status of (409|422|403|429)/.test(problem)),
		[],
	)
	assert.equal(thirdPartyRequests, [])
}

for (const theme of ['default', 'classic']) {
	const test = suite(`commenting in a browser, theme ${theme}`)
	let blog: OpenBlog
	test.before.each(async () => {
		blog = await startOpenBlog(databases[0]!, { env: { THEME: theme, TRUST_PROXY: '0' } })
	})
	test.after.each(() => blog.close())

	for (const locale of ['ru', 'en'] as const) {
		const words = WORDS[locale]
		for (const options of [{ javaScript: true }, { javaScript: false, width: 320 }] as OpenOptions[]) {
			const how = `${locale}, ${options.javaScript ? 'with' : 'without'} script, ${options.width ?? 1280} px`

			test(`by keyboard a reader writes, errs, corrects, looks, sends and sees it waiting: ${how}`, async () => {
				const opened = await openPage(blog.url + words.path, options)
				const { page, close } = opened
				await write(page, '#respond-text', words.text)
				await write(page, '#respond-name', words.name)
				await write(page, '#respond-email', 'vera')
				await tabTo(page, '#respond button:not(.quiet)')
				await page.keyboard.press('Enter')
				const alert = page.locator('#respond [role=alert]')
				await alert.waitFor()
				assert.is(await alert.textContent(), words.refused)
				await seesSoon(page, '#respond [role=alert]')
				assert.is(await page.textContent('#respond-email-error'), words.notEmail)
				assert.is(await page.inputValue('#respond-text'), words.text)
				await check(opened, 'the form with its error', options.javaScript)

				await write(page, '#respond-email', 'vera@example.org')
				await tabTo(page, '#respond button.quiet')
				await page.keyboard.press('Enter')
				await page.locator('#respond .preview').waitFor()
				await seesSoon(page, '#respond .preview')
				assert.is((await page.textContent('#respond .preview'))!.trim(), words.text)
				await check(opened, 'the preview', options.javaScript)

				await tabTo(page, '#respond button:not(.quiet)')
				await page.keyboard.press('Enter')
				const held = page.locator('#comments .comment.held')
				await held.waitFor()
				const [, id] = /#comment-(\d+)$/.exec(page.url())!
				assert.is(await held.getAttribute('id'), `comment-${id}`)
				await seesSoon(page, `#comment-${id}`)
				assert.match((await held.textContent())!, words.waits)
				assert.is((await standing(blog.db, Number(id))).locale, locale)
				await check(opened, 'the page with what waits', options.javaScript)
				await page.reload()
				assert.is(await page.locator('.comment.held').count(), 1, 'reloading sends nothing')
				await close()
			})
		}

		test(`a reply is written where it will stand, with script: ${locale}`, async () => {
			const opened = await openPage(blog.url + words.path, { width: 320 })
			const { page, close } = opened
			const { first } = blog.seeded.responses
			const heading = page.locator('form#respond h3')
			await tabTo(page, `#comment-${first} .reply a`)
			await page.keyboard.press('Enter')
			assert.is(await heading.textContent(), words.replyTo)
			assert.ok(await page.locator(`li:has(> #comment-${first}) > form#respond`).count())
			assert.ok(await page.evaluate(() => document.activeElement?.id === 'respond-text'), 'ready to write')
			assert.is(page.url(), blog.url + words.path, 'the page stays')
			await page.keyboard.type('Недописанный ответ')
			await check(opened, 'the form under a comment')
			await page.getByText(words.cancel).focus()
			await page.keyboard.press('Enter')
			assert.is(await heading.textContent(), words.heading)
			assert.is(await page.inputValue('[name=parent]'), '')
			assert.is(await page.inputValue('#respond-text'), 'Недописанный ответ')
			assert.is(await page.locator('#comments > form#respond').count(), 1)
			assert.ok(
				await page.evaluate((id) => document.activeElement?.matches(`[data-reply="${id}"]`), first),
				'back to it',
			)
			await page.click(`#comment-${first} .reply a`)
			await page.fill('#respond-name', words.name)
			await page.fill('#respond-email', 'vera@example.org')
			await page.click('#respond button:not(.quiet)')
			await page.waitForSelector(`li:has(> #comment-${first}) > details > ol > li > .comment.held`)
			await close()
		})
	}

	test('without script the link of a reply leads to the form, and cancelling back', async () => {
		const opened = await openPage(blog.url + POST, { javaScript: false, width: 320 })
		const { page, close } = opened
		const { first } = blog.seeded.responses
		await tabTo(page, `#comment-${first} .reply a`)
		await page.keyboard.press('Enter')
		await page.waitForURL(`${blog.url}${POST}?reply=${first}#respond`)
		assert.is(await page.textContent('form#respond h3'), 'Ответить: Вера')
		await seesSoon(page, '#respond h3')
		await check(opened, 'the form of a reply', false)
		await tabTo(page, '#respond .cancel a')
		await page.keyboard.press('Enter')
		await page.waitForURL(`${blog.url}${POST}#respond`)
		assert.is(await page.textContent('form#respond h3'), 'Оставить отклик')
		await close()
	})

	test('who asks to be remembered finds the form filled in, whatever the name', async () => {
		const { page, close } = await openPage(blog.url + POST)
		const name = 'Вера 100% "Ё" \\ ; %41'
		await page.fill('#respond-text', 'Запомните меня')
		await page.fill('#respond-name', name)
		await page.fill('#respond-email', 'vera@example.org')
		await page.fill('#respond-url', 'vera.example/100%25')
		await page.check('[name=remember]')
		await page.click('#respond button:not(.quiet)')
		await page.waitForSelector('.comment.held')
		await page.goto(blog.url + ENGLISH_POST)
		assert.is(await page.inputValue('#respond-name'), name)
		assert.is(await page.inputValue('#respond-email'), 'vera@example.org')
		assert.is(await page.inputValue('#respond-url'), 'https://vera.example/100%25')
		assert.ok(await page.isChecked('[name=remember]'))
		await page.uncheck('[name=remember]')
		await page.fill('#respond-text', 'Forget me')
		await page.click('#respond button:not(.quiet)')
		await page.waitForFunction(() => document.querySelectorAll('.comment.held').length === 2)
		assert.is(await page.inputValue('#respond-name'), '')
		await close()
	})

	test('replies collapse and unfold by keyboard, without script; the trap is out of reach', async () => {
		const { page, close } = await openPage(blog.url + POST, { javaScript: false })
		const { first, reply } = blog.seeded.responses
		await tabTo(page, `li:has(> #comment-${first}) > details > summary`)
		assert.ok(await page.isVisible(`#comment-${reply}`))
		await page.keyboard.press('Enter')
		assert.not(await page.isVisible(`#comment-${reply}`))
		await page.keyboard.press('Space')
		assert.ok(await page.isVisible(`#comment-${reply}`))
		assert.not.ok(
			await page
				.locator('[name=subject]')
				.isVisible()
				.then((shown) => shown && isInView(page, '[name=subject]')),
		)
		const heading = plain((await page.textContent('#comments h2'))!)
		assert.match(heading!, /^5 откликов на «/)
		await close()
	})

	test('a word without end breaks inside its comment', async () => {
		const { first } = blog.seeded.responses
		const html = `<p>${'ъ'.repeat(3000)}</p><pre><code>${'x'.repeat(3000)}</code></pre>`
		await blog.db
			.updateTable('comments')
			.set({ html, name: 'Ы'.repeat(80) })
			.where('id', '=', first)
			.execute()
		const opened = await openPage(`${blog.url}${POST}?reply=${first}`, { width: 320 })
		await check(opened, 'the page with a long word')
		await opened.close()
	})

	test.run()
}
