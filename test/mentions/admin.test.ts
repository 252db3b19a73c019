import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setPassword } from '../../src/authors/accounts.ts'
import { openDesk, PASSWORD } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { mention, POST, ping, startExchange, until } from './exchange.ts'

for (const database of databases) {
	const test = suite(`what authors see of mentions on ${database.name}`)

	test('the notices with what came of them: the owner all, an author those of own posts', async () => {
		const { blog, source, db, close } = await startExchange(database)
		const { anna, boris } = blog.seeded.authors
		await setPassword(db, anna, PASSWORD)
		await setPassword(db, boris, PASSWORD)
		const target = blog.url + POST
		const night = `${blog.url}/ru/2024/10/nochnoy-poezd/`
		const like = source.put(
			'/like',
			`<title>Запись</title><p class="h-entry"><a class="u-like-of" href="${target}">о</a> <b class="p-author">Вера</b></p>`,
		)
		await mention(blog, like, target)
		await ping(blog, source.put('/%D0%B1%D0%B5%D0%B7', '<p>x</p>'), target)
		await ping(blog, `${source.url}/none`, night)
		source.pages.set('/down', { status: 503 })
		await ping(blog, `${source.url}/down`, night)
		await until(async () => {
			const rows = await db.selectFrom('mentions').select('id').where('outcome', '=', '').execute()
			return rows.length === 0
		})
		const owner = await openDesk(blog, 'anna@example.org')
		const texts = (await owner.html('/admin/mentions/')).$$('.deliveries li').map(({ text }) => text)
		assert.is(texts.length, 4)
		const row = (path: string) => texts.find((text) => text.includes(path))!
		assert.match(row('/like'), /Конференция eGov 2\.0 Ссылка найдена · ждёт решения вебменшен/)
		assert.match(row('/без'), 'На странице нет ссылки на запись (код 17)')
		assert.match(row('/none'), 'Страницы нет (код 16): ответ сервера: 404')
		assert.match(row('/down'), 'Сайт не отвечает, попробуем ещё раз: ответ сервера: 503')
		const author = await openDesk(blog, 'boris@example.org')
		const own = (await author.html('/admin/mentions/')).$$('.deliveries li').map(({ text }) => text)
		assert.is(own.length, 2)
		assert.ok(own.every((text) => text.includes('Ёлки')))
		assert.is((await blog.get('/admin/mentions/')).status, 303)
		const queue = (await owner.html('/admin/responses/')).$$('.response').map(({ text }) => text)
		assert.match(queue.find((text) => text.includes('Вера'))!, 'упоминание (нравится)')
		await close()
	})

	test.run()
}
