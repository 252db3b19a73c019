import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bumpListings } from '../../src/comments/thread-queries.ts'
import { databases } from '../support/databases.ts'
import { idIn, newReader, type OpenBlog, POST, startOpenBlog, VERA } from './reader.ts'

const CROWD = 200

for (const database of databases) {
	const test = suite(`many at once on ${database.name}`)
	let blog: OpenBlog
	test.before.each(async () => {
		blog = await startOpenBlog(database, { env: { AKISMET_KEY: 'x', AKISMET_URL: 'http://127.0.0.1:9/' } })
	})
	test.after.each(() => blog.close())

	const stored = () => blog.db.selectFrom('comments').selectAll().where('name', 'like', 'Читатель%').execute()
	const faults = () => blog.logs.filter(({ level }) => Number(level) >= 50)

	test('two hundred write at once while others read: none is lost, none is doubled, each has its place', async () => {
		const { first, reply } = blog.seeded.responses
		const writers = Array.from({ length: CROWD }, (_, n) =>
			newReader(blog).send({
				...VERA,
				name: `Читатель ${n}`,
				text: `Отклик ${n}`,
				parent: ['', String(first), String(reply)][n % 3]!,
			}),
		)
		const readers = Array.from({ length: 50 }, () => blog.get(POST))
		const answers = await Promise.all(writers)
		for (const { status } of await Promise.all(readers)) assert.is(status, 200)
		const ids = answers.map((answer) => idIn(answer, blog))
		assert.is(new Set(ids).size, CROWD)
		const rows = await stored()
		assert.equal(
			rows.map(({ id, name, source }) => `${id} ${name} ${source}`).toSorted(),
			ids.map((id, n) => `${id} Читатель ${n} Отклик ${n}`).toSorted(),
		)
		const all = await blog.db.selectFrom('comments').select(['id', 'place', 'parent_id']).execute()
		assert.is(new Set(all.map(({ place }) => place)).size, all.length)
		assert.ok(rows.every(({ checked }) => checked === 'waiting'))
		assert.equal(faults(), [])
		await blog.db.transaction().execute(async (trx) => {
			await trx.updateTable('comments').set({ status: 'approved' }).where('status', '=', 'held').execute()
			await bumpListings(trx, [blog.seeded.posts.conference])
		})
		const page = await blog.html(`${POST}`)
		assert.is(page.$$(`li:has(> #comment-${first}) > details > ol > li`).length > 0, true)
		const shown: string[] = []
		for (const number of [1, 2, 3]) {
			const comments = (await blog.html(`${POST}?comments=${number}`)).$$('#comments .comment')
			shown.push(...comments.map(({ attributes }) => attributes.id!))
		}
		for (const id of ids) assert.ok(shown.includes(`comment-${id}`), String(id))
	})

	test('of fifty who press the button again and again one comment comes', async () => {
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => newReader(blog).send({ ...VERA, name: 'Читатель' })),
		)
		const statuses = answers.map(({ status }) => status).toSorted()
		assert.equal(statuses, [303, ...Array(49).fill(409)])
		assert.is((await stored()).length, 1)
		assert.equal(faults(), [])
	})

	test.run()
}
