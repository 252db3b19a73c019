import { existsSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { item, wxr } from './wxr/support.ts'

for (const database of databases) {
	const test = suite(`the import page on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let now = NOW

	test.before.each(async () => {
		now = NOW
		blog = await startDesks(database, { clock: () => now })
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after.each(() => blog.close())

	/** Sends a form with a file as browsers do. */
	function upload(desk: Desk, content: string, fields: Record<string, string> = {}) {
		const form = new FormData()
		for (const [name, value] of Object.entries(fields)) form.set(name, value)
		form.set('file', new File([content], 'blog.xml', { type: 'text/xml' }))
		return fetch(`${blog.url}/admin/import/`, {
			method: 'POST',
			body: form,
			headers: { Cookie: desk.cookie },
			redirect: 'manual',
		})
	}

	/** The page of an import, once it runs no more. */
	async function end(path: string) {
		for (;;) {
			const page = await anna.html(path)
			if (!page.$('progress')) return page
			await new Promise((resolve) => setTimeout(resolve, 50))
		}
	}

	const posts = async () => {
		const rows = await blog.db
			.selectFrom('translations')
			.select('title')
			.where('guid', 'like', '%old.example%')
			.execute()
		return rows.length
	}
	const run = () => blog.db.selectFrom('import_runs').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()

	test('a trial tells what would come, then it comes for good, and twice it doubles nothing', async () => {
		const answer = await upload(anna, wxr(item(1) + item(2)), { dryRun: '1' })
		assert.is(answer.status, 303)
		const path = answer.headers.get('location')!
		const trial = await end(path)
		assert.match(trial.$('pre')?.text ?? '', 'проба, ничего не записано')
		assert.is(await posts(), 0)
		const again = trial.$('form.panel')!.attributes.action!
		const { headers } = await anna.post(again)
		const done = await end(headers.location!)
		const row = done.$$('.counted tbody tr').find((row) => row.$('th')?.text === 'Записи')!
		assert.equal(
			row.$$('td').map(({ text }) => text),
			['2', '2', '0', '0'],
		)
		assert.is(await posts(), 2)
		assert.not(existsSync((await run()).file))
		const second = await upload(anna, wxr(item(1) + item(2)))
		await end(second.headers.get('location')!)
		assert.is(await posts(), 2)
		const noted = await blog.db.selectFrom('audit').select('name').where('action', '=', 'imported').execute()
		assert.is(noted.length, 3)
	})

	test('what comes is seen at once, whatever was kept in memory', async () => {
		assert.not.match((await blog.get('/ru/')).text, 'Post 7')
		const { headers } = await upload(anna, wxr(item(7, { title: 'Post 7' })))
		await end(headers.get('location')!)
		assert.match((await blog.get('/ru/2020/05/post-7/')).text, 'Post')
	})

	test('its progress is told as events, the last of which says that it is over', async () => {
		const { headers } = await upload(anna, wxr(item(1)))
		const path = headers.get('location')!
		const stream = await fetch(`${blog.url}${path}events/`, { headers: { Cookie: anna.cookie } })
		assert.match(stream.headers.get('content-type')!, 'text/event-stream')
		assert.match(await stream.text(), /event: done\ndata: \{\}\n\n$/)
		assert.is((await run()).state, 'done')
	})

	test('what is no export fails with a reason, and can be tried again', async () => {
		const { headers } = await upload(anna, '<html><body>404</body></html>')
		const page = await end(headers.get('location')!)
		assert.is((await run()).state, 'failed')
		assert.ok((page.$('pre')?.text ?? '').length > 5)
		assert.ok(page.$('form.panel'))
	})

	test('a file that was cut off gives what was whole', async () => {
		const whole = wxr(item(1) + item(2))
		const { headers } = await upload(anna, whole.slice(0, whole.lastIndexOf('<item>') + 200))
		const page = await end(headers.get('location')!)
		assert.match(page.$('[aria-labelledby=report]')?.text ?? '', 'Файл повреждён')
		assert.is(await posts(), 1)
	})

	test('an import that a restart has cut off says so and can be run again', async () => {
		const { headers } = await upload(anna, wxr(item(1)), { dryRun: '1' })
		const path = headers.get('location')!
		await end(path)
		await blog.db.updateTable('import_runs').set({ state: 'running', report: null, percent: 40 }).execute()
		assert.ok((await anna.html(path)).$('progress'))
		assert.is((await upload(anna, wxr(item(1)))).status, 409)
		now += 60_000
		const page = await anna.html(path)
		assert.match(page.$('[role=alert]')?.text ?? '', 'прервался')
		const again = await anna.post(page.$('form.panel')!.attributes.action!)
		await end(again.headers.location!)
		assert.is(await posts(), 1)
	})

	test('of two that are begun at once one runs', async () => {
		const both = await Promise.all([upload(anna, wxr(item(1))), upload(anna, wxr(item(1)))])
		assert.equal(both.map(({ status }) => status).sort(), [303, 409])
		await end(both.find(({ status }) => status === 303)!.headers.get('location')!)
		assert.is(await posts(), 1)
	})

	test('without a file nothing begins and nothing is left on the disk', async () => {
		assert.is((await upload(anna, '')).status, 422)
		assert.equal(readdirSync(`${blog.inside.config.dataDir}/imports`), [])
		assert.is((await anna.post('/admin/import/', { file: 'x' })).status, 415)
	})

	test('only the owner imports', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.get('/admin/import/')).status, 403)
		assert.is((await upload(boris, wxr(item(1)))).status, 403)
		assert.is((await boris.get('/admin/import/1/events/')).status, 403)
		assert.is((await anna.get('/admin/import/99/')).status, 404)
		assert.is(await posts(), 0)
	})

	test.run()
}
