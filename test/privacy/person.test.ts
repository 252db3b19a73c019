import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Pictures } from '../../src/avatars/pictures.ts'
import { insertComment } from '../../src/comments/queries.ts'
import { readVersions } from '../../src/db/versions.ts'
import { ConfigError } from '../../src/errors.ts'
import { loadCatalog } from '../../src/i18n/catalog.ts'
import { insertSubscription } from '../../src/notices/subscription-queries.ts'
import { eraseCommand, exportCommand } from '../../src/privacy/commands.ts'
import { erasePerson, exportPerson } from '../../src/privacy/person.ts'
import { databases } from '../support/databases.ts'
import { NOW, seedFixtures } from '../support/fixtures.ts'

const catalog = loadCatalog(['ru', 'en'])
const forgotten: string[] = []
const pictures = { forget: async (email: string) => void forgotten.push(email) } as Pictures
const SECRETS = [
	'Вера',
	'Иванова',
	'вера@',
	'vera.example',
	'192.0.2.7',
	'Firefox',
	'ref.example',
	'trapped',
	'd1gest',
	'h4sh',
]

for (const database of databases) {
	const test = suite(`privacy, ${database.name}`)

	async function open() {
		const { db, drop } = await database.create()
		const { posts } = await seedFixtures(db)
		const say = (more: object = {}) =>
			db.transaction().execute((trx) =>
				insertComment(trx, {
					post_id: posts.conference,
					parent_id: null,
					kind: 'comment',
					status: 'approved',
					locale: 'ru',
					name: 'Вера Иванова',
					email: 'вера@пример.рф',
					url: 'https://vera.example/',
					ip: '192.0.2.7',
					ip_hash: 'h4sh',
					user_agent: 'Firefox',
					referrer: 'https://ref.example/',
					trap: 'trapped',
					digest: 'd1gest',
					format: 'markdown',
					source: 'Я, Вера, живу в Туле.',
					html: '<p>Я, Вера, живу в Туле.</p>',
					author_id: null,
					created_at: NOW,
					...more,
				}),
			)
		const other = {
			name: 'Глеб',
			email: 'gleb@example.org',
			url: '',
			user_agent: '',
			ip: '',
			referrer: '',
			trap: '',
			digest: '',
			ip_hash: '',
			html: '<p>Ответ</p>',
			source: 'Ответ',
		}
		const subscribe = (comment_id: number) =>
			db.transaction().execute((trx) =>
				insertSubscription(trx, {
					token: `t${comment_id}`,
					comment_id,
					email: 'вера@пример.рф',
					locale: 'ru',
					created_at: NOW,
				}),
			)
		return { db, drop, posts, say, other, subscribe }
	}

	const everything = async (db: Parameters<typeof exportPerson>[0]) =>
		JSON.stringify([
			await db.selectFrom('comments').selectAll().execute(),
			await db.selectFrom('subscriptions').selectAll().execute(),
		])

	test('everything kept about an address is told, however it was written', async () => {
		const { db, drop, say, other, subscribe } = await open()
		const first = await say()
		const second = await say({ email: 'ВЕРА@Пример.рф', status: 'spam' })
		await say({ ...other, parent_id: first })
		await subscribe(first)
		const told = JSON.parse(await exportCommand({ db }, 'Вера@пример.РФ')) as Awaited<ReturnType<typeof exportPerson>>
		assert.equal(
			told.comments.map(({ id }) => id),
			[first, second],
		)
		const { ip, user_agent, url, source, referrer, created_at } = told.comments[0]!
		assert.equal(
			[ip, user_agent, url, source, referrer, created_at],
			['192.0.2.7', 'Firefox', 'https://vera.example/', 'Я, Вера, живу в Туле.', 'https://ref.example/', NOW],
		)
		assert.equal(
			told.subscriptions.map(({ comment_id }) => comment_id),
			[first],
		)
		assert.not.match(JSON.stringify(told), 'Глеб')
		await drop()
	})

	test('an author is told of the account and its sessions, but no secret', async () => {
		const { db, drop } = await open()
		await db.updateTable('authors').set({ password_hash: 'argon' }).execute()
		const told = await exportPerson(db, 'ANNA@example.org')
		assert.equal(
			told.author!.names.map(({ name }) => name),
			['Anna Yolkina', 'Анна Ёлкина'],
		)
		assert.not.match(JSON.stringify(told), 'argon')
		assert.match(await eraseCommand({ db, catalog, pictures }, 'anna@example.org'), 'is an author of the blog')
		assert.is((await exportPerson(db, 'anna@example.org')).author!.slug, 'anna')
		await drop()
	})

	test('an address is erased: nothing of the person stays, and the answers of others keep their place', async () => {
		const { db, drop, say, other, subscribe } = await open()
		const replied = await say({ locale: 'en' })
		const answer = await say({ ...other, parent_id: replied })
		const chain = await say()
		const own = await say({ email: 'ВЕРА@пример.рф', parent_id: chain })
		await say({ status: 'trash' })
		for (const id of [replied, own]) await subscribe(id)
		const before = await readVersions(db)

		assert.equal(await erasePerson({ db, catalog }, 'Вера@Пример.рф'), {
			removed: 3,
			emptied: 1,
			subscriptions: 2,
			isAuthor: false,
		})
		const kept = await db.selectFrom('comments').selectAll().where('id', '=', replied).executeTakeFirstOrThrow()
		assert.equal(
			[kept.name, kept.status, kept.html],
			['', 'approved', '<p>This response was removed at its writer’s request.</p>'],
		)
		const reply = await db.selectFrom('comments').selectAll().where('id', '=', answer).executeTakeFirstOrThrow()
		assert.equal([reply.parent_id, reply.name, reply.html], [replied, 'Глеб', '<p>Ответ</p>'])
		const left = await everything(db)
		// «Вера» of the fixtures is another person.
		for (const secret of SECRETS.slice(1)) assert.not.match(left, secret)
		const after = await readVersions(db)
		for (const scope of ['listing:ru', 'listing:en']) assert.ok(after.get(scope)! > before.get(scope)!)

		assert.equal((await exportPerson(db, 'вера@пример.рф')).comments, [])
		assert.is(
			await eraseCommand({ db, catalog, pictures }, 'вера@пример.рф'),
			'Erased: 0 comments removed, 0 with replies emptied, 0 subscriptions ended',
		)
		assert.is(forgotten.at(-1), 'вера@пример.рф')
		await drop()
	})

	test('what is no address is refused', async () => {
		const { db, drop } = await open()
		for (const work of [exportCommand({ db }, 'vera'), eraseCommand({ db, catalog, pictures }, '')]) {
			const error = await work.then(
				() => undefined,
				(error) => error,
			)
			assert.instance(error, ConfigError)
		}
		await drop()
	})

	test.run()
}
