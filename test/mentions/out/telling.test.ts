import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeSetting } from '../../../src/settings/queries.ts'
import { databases } from '../../support/databases.ts'
import { startMailServer } from '../../support/mail-server.ts'
import { startFarSite } from './far-site.ts'
import { openStation } from './station.ts'

const DAY = 86_400_000

for (const database of databases) {
	const test = suite(`authors and hubs hear, ${database.name}`)

	async function open(env: Record<string, string> = {}) {
		const far = await startFarSite()
		far.says['*'] = { body: '<link rel="webmention" href="/in">' }
		far.says['/in'] = { status: 202 }
		const station = await openStation(database, { FETCH_ALLOW: far.place, ...env })
		const close = async () => {
			await station.close()
			await far.close()
		}
		return { ...station, far, close }
	}

	test('after three days without luck the author gets one letter with all the pages', async () => {
		const mail = await startMailServer()
		const { write, turn, later, db, far, close } = await open({ SMTP_URL: mail.url })
		await db.updateTable('authors').set({ password_hash: 'x', language: 'ru' }).where('slug', '=', 'anna').execute()
		far.says['/in'] = { status: 503 }
		const { post } = await write(`[а](${far.url}/a) [б](${far.url}/b)`, { title: 'Буря' })
		await turn()
		for (let day = 0; day < 14; day++) await later(DAY / 4)
		assert.is(mail.letters.length, 1)
		const [letter] = mail.letters
		assert.equal(letter!.to, ['anna@example.org'])
		assert.is(letter!.headers.get('subject'), 'Не удалось сообщить о ссылках: Буря')
		assert.match(letter!.text, `> ${far.url}/a\n> ${far.url}/b`)
		assert.match(letter!.text, `https://blog.example/admin/posts/${post}/mentions/`)
		await mail.close()
		await close()
	})

	test('hubs are told of each publication and update, with the feeds that name them', async () => {
		const { write, edit, turn, db, far, close } = await open()
		await db.transaction().execute((trx) => writeSetting(trx, 'hubs', '', [`${far.url}/hub`]))
		far.says['/hub'] = { status: 204 }
		const { id } = await write('Без ссылок')
		assert.equal(await turn(), [])
		const [ping] = far.asked
		const form = new URLSearchParams(ping!.body)
		assert.is(form.get('hub.mode'), 'publish')
		assert.equal(form.getAll('hub.url'), [
			'https://blog.example/ru/feed/',
			'https://blog.example/ru/feed/atom/',
			'https://blog.example/ru/feed/json/',
			'https://blog.example/feed/',
			'https://blog.example/feed/atom/',
			'https://blog.example/feed/json/',
		])
		await edit(id, { source: 'Правка' })
		await turn()
		assert.is(far.asked.length, 2)
		await write('Черновик', { status: 'draft' })
		await turn()
		assert.is(far.asked.length, 2)
		await close()
	})

	test('a hub that fails is told again, one that refuses is not', async () => {
		const { write, turn, db, far, close } = await open()
		await db.transaction().execute((trx) => writeSetting(trx, 'hubs', '', [`${far.url}/hub`, `${far.url}/no`]))
		far.says['/hub'] = { status: 500 }
		far.says['/no'] = { status: 403 }
		await write('Раз')
		const errors = await turn()
		assert.equal(
			errors.map(({ message }) => message),
			['the hub answered 500'],
		)
		await close()
	})

	test('nothing is sent while the setting says so', async () => {
		const { write, turn, db, far, deliveries, close } = await open()
		await db.transaction().execute((trx) => writeSetting(trx, 'mentions', '', { send: false }))
		await write(`[а](${far.url}/a)`)
		await turn()
		assert.equal([far.asked, await deliveries()], [[], []])
		await close()
	})

	test.run()
}
