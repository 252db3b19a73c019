import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { subscribe } from '../../src/notices/enqueue.ts'
import { startBlog } from '../support/app.ts'
import { axe, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'

for (const theme of ['default', 'classic']) {
	test(`${theme}: a reader confirms and ends a subscription with the keyboard, without script`, async () => {
		const blog = await startBlog(databases[0]!, { env: { THEME: theme } })
		const comment = {
			id: blog.seeded.responses.first,
			email: 'vera@example.org',
			locale: 'ru',
			status: 'approved' as const,
		}
		const settings = { smtpUrl: 'smtp://127.0.0.1:9', languages: ['ru', 'en'] }
		await blog.db.transaction().execute((trx) => subscribe(trx, settings, comment, NOW))
		const { token } = await blog.db.selectFrom('subscriptions').select('token').executeTakeFirstOrThrow()
		const address = `${blog.url}/ru/subscriptions/${token}/`

		for (const [button, done] of [
			['Сообщать', 'Готово: об ответах'],
			['Больше не сообщать', 'Готово: писем об ответах'],
		] as const) {
			const { page, problems, thirdPartyRequests, close } = await openPage(address, { javaScript: false })
			await page.getByRole('button', { name: button, exact: true }).focus()
			await page.keyboard.press('Enter')
			await page.getByRole('status').filter({ hasText: done }).waitFor()
			assert.equal([problems, thirdPartyRequests], [[], []])
			await close()
		}
		await blog.close()
	})

	test(`${theme}: the question is accessible, light and dark`, async () => {
		const blog = await startBlog(databases[0]!, { env: { THEME: theme } })
		await blog.db
			.insertInto('subscriptions')
			.values({
				token: 'a'.repeat(32),
				comment_id: blog.seeded.responses.first,
				email: 'a@b.c',
				locale: 'en',
				created_at: NOW,
			})
			.execute()
		for (const dark of [false, true]) {
			const { page, close } = await openPage(`${blog.url}/en/subscriptions/${'a'.repeat(32)}/`, { dark, width: 380 })
			await page.getByRole('button', { name: 'Yes, e-mail me' }).waitFor()
			assert.equal(await axe(page), [])
			await close()
		}
		await blog.close()
	})
}

test.run()
