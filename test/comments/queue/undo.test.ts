import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { POST } from '../reader.ts'
import { decide, learnt, respond, startQueue, stored, takeBack } from './desk.ts'

for (const database of databases) {
	const test = suite(`taking decisions back on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	test.before(async () => {
		blog = await startQueue(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	const isShown = async (id: number) => (await blog.html(POST)).$(`#comment-${id}`) !== undefined

	test('every decision is taken back whole: state, reasons, what readers see and what the filter learnt', async () => {
		for (const status of ['held', 'approved', 'spam', 'trash'] as const) {
			const id = await respond(blog, { status, reasons: '[{"rule":"first"}]', source: `Решать ${status}` })
			const before = [await stored(blog, id), await learnt(blog)]
			const wasShown = await isShown(id)
			for (const action of ['approve', 'hold', 'spam', 'trash']) {
				const path = await decide(anna, action, id)
				if (path.includes('done=same')) continue
				assert.is(await isShown(id), action === 'approve', `${status} ${action}`)
				assert.match(await takeBack(anna, path), /done=undone$/)
				assert.equal([await stored(blog, id), await learnt(blog)], before, `${status} ${action}`)
				assert.is(await isShown(id), wasShown)
			}
		}
	})

	test('what the filter was taught before is what it knows again', async () => {
		const id = await respond(blog, { source: 'Учебный пример для фильтра' })
		await decide(anna, 'approve', id)
		const before = [await stored(blog, id), await learnt(blog)]
		const path = await decide(anna, 'spam', id)
		assert.is((await stored(blog, id)).trained, 'spam')
		await takeBack(anna, path)
		assert.equal([await stored(blog, id), await learnt(blog)], before)
	})

	test('many at once go back each to its own state; all of a page are chosen by one box', async () => {
		const ids = [
			await respond(blog, { status: 'held' }),
			await respond(blog, { status: 'approved' }),
			await respond(blog, { status: 'trash' }),
		]
		const answer = await anna.post('/admin/responses/', {
			...{ action: 'spam', all: '1', shown: ids.map(String), place: 'state=all' },
		})
		const page = await anna.html(answer.headers.location!)
		assert.match(page.$('#done [role=status]')!.text, 'Отмечено как спам: 3 отклика')
		await takeBack(anna, answer.headers.location!)
		const states = await Promise.all(ids.map((id) => stored(blog, id)))
		assert.equal(
			states.map(({ status }) => status),
			['held', 'approved', 'trash'],
		)
	})

	test('what was changed since stays, and it is told', async () => {
		const [one, other] = [await respond(blog), await respond(blog)]
		const path = await decide(anna, 'trash', one, other)
		await decide(anna, 'approve', one)
		const back = await takeBack(anna, path)
		assert.match(back, /done=undone-part$/)
		assert.match((await anna.html(back)).$('.notice')!.text, 'кроме того, что с тех пор изменили')
		assert.equal([(await stored(blog, one)).status, (await stored(blog, other)).status], ['approved', 'held'])
	})

	test('it is taken back once, and only by whom it was done', async () => {
		const id = await respond(blog)
		const path = await decide(anna, 'spam', id)
		const token = new URLSearchParams(path.split('?')[1]).get('undo')!
		const boris = await openDesk(blog, 'boris@example.org')
		const press = (desk: Desk, undo: string) => desk.post('/admin/responses/undo/', { undo, place: '' })
		assert.match((await press(boris, token)).headers.location!, /undo-gone$/)
		assert.is((await boris.html(path)).$('#done'), undefined)
		const both = await Promise.all([press(anna, token), press(anna, token)])
		const done = both.map(({ headers }) => headers.location!.split('done=')[1]).sort()
		assert.equal([done, (await stored(blog, id)).status], [['undo-gone', 'undone'], 'held'])
		for (const nonsense of ['', 'x', '\0']) assert.is((await press(anna, nonsense)).status, 303)
	})

	test('what is no longer one’s own isn’t taken back', async () => {
		const { conference } = blog.seeded.posts
		const give = (author_id: number) =>
			blog.db.updateTable('posts').set({ author_id }).where('id', '=', conference).execute()
		const boris = await openDesk(blog, 'boris@example.org')
		const id = await respond(blog)
		await give(blog.seeded.authors.boris)
		const path = await decide(boris, 'spam', id)
		await give(blog.seeded.authors.anna)
		const undo = new URLSearchParams(path.split('?')[1]).get('undo')!
		assert.is((await boris.post('/admin/responses/undo/', { undo, place: '' })).status, 403)
		assert.is((await stored(blog, id)).status, 'spam')
	})

	test('the same decision sent twice is made once', async () => {
		const id = await respond(blog)
		const paths = await Promise.all([decide(anna, 'approve', id), decide(anna, 'approve', id)])
		assert.is(paths.filter((path) => path.includes('done=same')).length, 1)
		const { reasons } = await stored(blog, id)
		assert.is(JSON.parse(reasons).length, 1)
	})

	test('a reply and the approval that came with it are taken back together; sent twice it is one', async () => {
		const id = await respond(blog, { name: 'Спросивший' })
		const before = await stored(blog, id)
		const form = { text: 'Отвечаю один раз.', approve: '1', place: 'state=held' }
		const send = () => anna.post(`/admin/responses/${id}/reply/`, form)
		const paths = (await Promise.all([send(), send()])).map(({ headers }) => headers.location!)
		const replies = () => blog.db.selectFrom('comments').select('id').where('parent_id', '=', id).execute()
		assert.is((await replies()).length, 1)
		assert.is(await isShown(id), true)
		await takeBack(anna, paths.find((path) => path.includes('undo='))!)
		assert.equal([await replies(), await stored(blog, id)], [[], before])
	})

	test('a reply without approval leaves the response where it is', async () => {
		const id = await respond(blog)
		await anna.post(`/admin/responses/${id}/reply/`, { text: 'Отвечу всем.', place: '' })
		assert.is((await stored(blog, id)).status, 'held')
		assert.match((await blog.html(POST)).$('#comments')!.text, 'Отвечу всем.')
	})

	test('a check that was waiting is begun again', async () => {
		const reasons = '[{"rule":"akismet","detail":"waiting"}]'
		const id = await respond(blog, { reasons, checked: 'waiting', ip: '203.0.113.9' })
		const path = await decide(anna, 'approve', id)
		await takeBack(anna, path)
		const { status, checked } = await stored(blog, id)
		assert.equal([status, checked], ['held', 'waiting'])
	})

	test('the log of changes tells of decisions and that they were taken back', async () => {
		const id = await respond(blog, { name: 'Для журнала' })
		await takeBack(anna, await decide(anna, 'spam', id))
		const rows = await blog.db.selectFrom('audit').selectAll().where('name', '=', 'Для журнала').orderBy('id').execute()
		assert.equal(
			rows.map(({ action, subject }) => [action, subject]),
			[
				['response-spam', `responses/${id}/`],
				['response-undone', `responses/${id}/`],
			],
		)
		assert.is((await anna.get(`/admin/${rows[0]!.subject}`)).status, 200)
	})

	test.run()
}
