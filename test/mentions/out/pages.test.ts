import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeliveriesTable } from '../../../src/db/schema.ts'
import { deleteTranslation, setStatus } from '../../../src/posts/edit.ts'
import { writeSetting } from '../../../src/settings/queries.ts'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { NOW } from '../../support/fixtures.ts'

const RU = '/ru/2025/02/konferenciya-egov-2-0/'

for (const database of databases) {
	const test = suite(`pages of mentions sent, ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	async function idOf(post: number, locale: string): Promise<number> {
		const rows = blog.db.selectFrom('translations').select('id').where('post_id', '=', post)
		return (await rows.where('locale', '=', locale).executeTakeFirstOrThrow()).id
	}

	/** Something was told of a translation of a post. */
	async function tell(post: number, locale: string, path: string, row: Partial<DeliveriesTable> = {}) {
		const target = (row.target as string) ?? 'https://other.example/page'
		await blog.db
			.insertInto('deliveries')
			.values({
				post_id: post,
				translation_id: await idOf(post, locale),
				revision: 1,
				source: blog.url + path,
				page: target,
				host: 'other.example',
				protocol: 'webmention',
				asked_at: NOW,
				tried_at: NOW,
				sent_at: NOW,
				next_at: NOW,
				state: 'sent',
				outcome: 'status 202',
				...row,
				target,
			} as never)
			.execute()
	}

	test('what others were told of and is gone answers 410, what they were not told of 404', async () => {
		const { rules, conference } = blog.seeded.posts
		const saving = { db: blog.db, timezone: 'Europe/Moscow', now: NOW }
		const path = (await blog.html('/ru/')).$('article a[href*="/2024/07/"]')!.attributes.href!
		await tell(rules, 'ru', path)
		assert.is((await blog.get(path)).status, 200)
		await setStatus(saving, await idOf(rules, 'ru'), 'trash')
		const gone = await blog.get(path)
		assert.is(gone.status, 410)
		assert.match(gone.text, 'Страницы больше нет')
		const ru = await idOf(rules, 'ru')
		await deleteTranslation(
			saving,
			await blog.db.selectFrom('translations').selectAll().where('id', '=', ru).executeTakeFirstOrThrow(),
		)
		assert.is((await blog.get(path)).status, 410, 'also when it was deleted')
		const plans = (await blog.html('/ru/')).$('article a[href*="/2025/03/"]')!.attributes.href!
		await setStatus(saving, await idOf(blog.seeded.posts.plans, 'ru'), 'trash')
		assert.is((await blog.get(plans)).status, 404)
		assert.ok(conference)
	})

	test('the log of a post says whom it has told, in the author’s language', async () => {
		const { conference } = blog.seeded.posts
		const told: [string, Partial<DeliveriesTable>][] = [
			['https://a.example/%D0%B3%D0%BE%D0%B4', {}],
			['https://b.example/', { linked: 0 as never }],
			['https://c.example/', { state: 'none' as never, outcome: '' as never }],
			['https://d.example/', { state: 'failed' as never, outcome: 'fault 17' as never }],
			[
				'https://e.example/',
				{ state: 'waiting' as never, outcome: 'timeout' as never, attempts: 2 as never, next_at: NOW + 3_600_000 },
			],
			['https://f.example/', { state: 'none' as never, outcome: 'private-site' as never }],
		]
		for (const [target, row] of told) await tell(conference, 'ru', RU, { target, ...row })
		const page = await anna.html(`/admin/posts/${conference}/mentions/`)
		assert.is(page.$('h1')!.text, 'Отправленные упоминания')
		assert.equal(
			page.$$('.deliveries .outcome').map(({ text }) => text),
			[
				'Сообщили (webmention)',
				'Сообщили, что ссылки больше нет',
				'Страница не принимает уведомлений',
				'Не получилось: сайт отказал с кодом 17',
				'Пока не получилось: сайт не ответил вовремя',
				'Не отправлено: адрес этого блога виден не всем, и проверить ссылку сайт не сможет',
			],
		)
		assert.is(page.$('.deliveries a')!.text, 'a.example/год')
		assert.match(page.$('.deliveries')!.text, 'следующая попытка — 15 марта 2025 г. в 13:00')
	})

	test('each author sees the log of own posts, and a post that told nobody says so', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.get(`/admin/posts/${blog.seeded.posts.conference}/mentions/`)).status, 403)
		const page = await boris.html(`/admin/posts/${blog.seeded.posts.night}/mentions/`)
		assert.match(page.$('.empty')!.text, 'Сообщать пока некому')
		assert.is((await anna.get('/admin/posts/999999/mentions/')).status, 404)
		assert.is((await blog.get(`/admin/posts/${blog.seeded.posts.night}/mentions/`)).status, 303)
	})

	test('feeds of all posts name the hubs in every format and in the header; others name none', async () => {
		const { db } = blog
		await db.transaction().execute((trx) => writeSetting(trx, 'hubs', '', ['https://hub.example/?a=1&b=2']))
		for (const path of ['/ru/feed/', '/ru/feed/atom/', '/ru/feed/json/', '/feed/', '/en/feed/atom/']) {
			const { text, headers } = await blog.get(path)
			assert.is(headers.link, `<https://hub.example/?a=1&b=2>; rel="hub", <${blog.url}${path}>; rel="self"`)
			if (path.endsWith('json/')) {
				assert.equal(JSON.parse(text).hubs, [{ type: 'WebSub', url: 'https://hub.example/?a=1&b=2' }])
				assert.is(JSON.parse(text).feed_url, blog.url + path)
			} else {
				assert.match(text, /<(atom:)?link rel="hub" href="https:\/\/hub\.example\/\?a=1&amp;b=2"\/>/)
				assert.match(
					text,
					new RegExp(
						`<(atom:)?link [^>]*href="${blog.url}${path}"[^>]*rel="self"|rel="self"[^>]*href="${blog.url}${path}"`,
					),
				)
			}
		}
		for (const path of ['/ru/tag/otkrytye-dannye/feed/', '/ru/comments/feed/', `${RU}feed/`]) {
			const { text, headers, status } = await blog.get(path)
			assert.is(status, 200)
			assert.is(headers.link, undefined)
			assert.not.match(text, 'hub.example')
		}
		await db.transaction().execute((trx) => writeSetting(trx, 'hubs', '', []))
		assert.not.match((await blog.get('/ru/feed/')).text, 'hub')
	})

	test.run()
}
