import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { enqueuePings } from '../../../src/mentions/out/enqueue.ts'
import { writeTranslation } from '../../../src/posts/edit.ts'
import { databases } from '../../support/databases.ts'
import { startFarSite } from './far-site.ts'
import { openStation } from './station.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TAKES = '<link rel="webmention" href="/in">'

for (const database of databases) {
	const test = suite(`mentions sent, ${database.name}`)

	async function open(env: Record<string, string> = {}) {
		const far = await startFarSite()
		far.says['*'] = { body: TAKES }
		far.says['/in'] = { status: 202 }
		const station = await openStation(database, { FETCH_ALLOW: far.place, ...env })
		const close = async () => {
			await station.close()
			await far.close()
		}
		return { ...station, far, close }
	}

	test('a page that a post links to is told once, with the permalink as the source', async () => {
		const { write, turn, far, deliveries, close } = await open()
		const { address } = await write(`[Раз](${far.url}/a), [два](${far.url}/a#b) и [три](${far.url}/b?c=1&d=2).`)
		assert.equal(await turn(), [])
		assert.equal(
			far.told().toSorted((a, b) => (a.target < b.target ? -1 : 1)),
			[
				{ path: '/in', source: address, target: `${far.url}/a` },
				{ path: '/in', source: address, target: `${far.url}/b?c=1&d=2` },
			],
		)
		const post = far.asked.find(({ method }) => method === 'POST')!
		assert.is(post.headers['content-type'], 'application/x-www-form-urlencoded')
		assert.match(post.headers['user-agent']!, 'blog.example')
		assert.equal(
			(await deliveries()).map(({ state, protocol, outcome }) => [state, protocol, outcome]),
			[
				['sent', 'webmention', 'status 202'],
				['sent', 'webmention', 'status 202'],
			],
		)
		await turn()
		assert.is(far.told().length, 2)
		await close()
	})

	test('links with rel=nofollow, to front pages, to ourselves, and what is no link of the web are told nothing', async () => {
		const { write, turn, far, deliveries, close } = await open()
		await write(
			[
				`<a href="${far.url}/no" rel="nofollow">a</a> <a href="${far.url}/">b</a> <a href="${far.url}">c</a>`,
				`<a href="${far.url}/#top">c</a>`,
				`[наша](https://blog.example/ru/2025/02/konferenciya-egov-2-0/) [там же](/ru/about/) [тут](#x)`,
				`[письмо](mailto:a@example.org) \`${far.url}/code\``,
				`> [цитата](${far.url}/quoted)`,
			].join('\n\n'),
		)
		await turn()
		assert.equal(
			far.told().map(({ target }) => target),
			[`${far.url}/quoted`],
		)
		assert.is((await deliveries()).length, 1)
		await close()
	})

	test('an update tells those still linked to, those linked to anew and those no longer linked to', async () => {
		const { write, edit, turn, far, deliveries, close } = await open()
		const { id } = await write(`[а](${far.url}/a) [б](${far.url}/b)`)
		await turn()
		far.asked.splice(0)
		await edit(id, { source: `[б](${far.url}/b) [в](${far.url}/c)` })
		await turn()
		assert.equal(
			far
				.told()
				.map(({ target }) => target.slice(-1))
				.sort(),
			['a', 'b', 'c'],
		)
		assert.equal(
			(await deliveries()).map(({ target, linked, state }) => [target.slice(-1), linked, state]),
			[
				['a', 0, 'sent'],
				['b', 1, 'sent'],
				['c', 1, 'sent'],
			],
		)
		far.asked.splice(0)
		await edit(id, { source: `[б](${far.url}/b)` })
		await turn()
		assert.equal(
			far
				.told()
				.map(({ target }) => target.slice(-1))
				.sort(),
			['b', 'c'],
			'who was told that a link is gone needn’t hear it again',
		)
		far.asked.splice(0)
		await edit(id, { source: `[а](${far.url}/a)` })
		await turn()
		assert.is((await deliveries())[0]!.linked, 1, 'a link may come back')
		await close()
	})

	test('a second notice of the same revision is not sent', async () => {
		const { write, edit, turn, db, clock, far, close } = await open()
		const { post, id } = await write(`[а](${far.url}/a)`)
		await turn()
		await db.transaction().execute((trx) => enqueuePings(trx, post, clock()))
		await turn()
		assert.is(far.told().length, 1)
		await edit(id, { small: true })
		await turn()
		assert.is(far.told().length, 1, 'what is saved without another word is no news')
		await edit(id, { source: `[а](${far.url}/a), и ещё два слова` })
		await turn()
		assert.is(far.told().length, 2)
		await close()
	})

	test('each way out of sight tells that the links are gone: draft, private, trash, password, deletion', async () => {
		const { write, setStatus, edit, erase, turn, far, close } = await open()
		const ways: Record<string, (id: number) => Promise<void>> = {
			draft: (id) => setStatus(id, 'draft'),
			private: (id) => setStatus(id, 'private'),
			trash: (id) => setStatus(id, 'trash'),
			password: (id) => edit(id, { password: 'сезам' }),
			deletion: (id) => erase(id),
		}
		for (const [name, hide] of Object.entries(ways)) {
			const { id, address } = await write(`[а](${far.url}/${name})`)
			await turn()
			far.asked.splice(0)
			await hide(id)
			await turn()
			assert.equal(far.told(), [{ path: '/in', source: address, target: `${far.url}/${name}` }], name)
		}
		await close()
	})

	test('drafts, private and protected posts tell nothing; publishing does', async () => {
		const { write, edit, turn, far, deliveries, close } = await open()
		const { id } = await write(`[а](${far.url}/a)`, { status: 'draft' })
		await write(`[а](${far.url}/a)`, { status: 'private' })
		await write(`[а](${far.url}/a)`, { password: 'сезам' })
		await turn()
		assert.equal([far.asked, await deliveries()], [[], []])
		await edit(id, { status: 'published' })
		await turn()
		assert.is(far.told().length, 1)
		await close()
	})

	test('what is scheduled is told when its moment comes, also when that was moved', async () => {
		const { write, edit, later, turn, clock, far, close } = await open()
		const { id } = await write(`[а](${far.url}/a)`, { publishedAt: clock() + HOUR })
		assert.equal(await turn(), [])
		await edit(id, { publishedAt: clock() + 3 * HOUR })
		assert.equal(await later(2 * HOUR), [])
		assert.is(far.asked.length, 0)
		await later(HOUR + MINUTE)
		assert.is(far.told().length, 1)
		await close()
	})

	test('a page that takes no notices, or is gone, is asked once', async () => {
		const { write, turn, later, far, deliveries, close } = await open()
		far.says['/plain'] = { body: 'Ничего' }
		far.says['/gone'] = { status: 410, body: TAKES }
		await write(`[а](${far.url}/plain) [б](${far.url}/gone)`)
		await turn()
		await later(24 * HOUR)
		assert.is(far.asked.length, 2)
		assert.equal(
			(await deliveries()).map(({ state, outcome }) => [state, outcome]),
			[
				['none', ''],
				['none', 'status 410'],
			],
		)
		await close()
	})

	test('a refusal is final', async () => {
		const { write, turn, later, far, deliveries, close } = await open()
		far.says['/in'] = { status: 400 }
		await write(`[а](${far.url}/a)`)
		await turn()
		await later(24 * HOUR)
		assert.is(far.told().length, 1)
		assert.equal([(await deliveries())[0]!.state, (await deliveries())[0]!.outcome], ['failed', 'status 400'])
		await close()
	})

	test('what may pass is tried again after growing pauses, for three days', async () => {
		const { write, turn, later, far, deliveries, clock, close } = await open()
		far.says['/in'] = { status: 500 }
		await write(`[а](${far.url}/a)`)
		await turn()
		const pauses: number[] = []
		for (;;) {
			const [delivery] = await deliveries()
			if (delivery!.state !== 'waiting') break
			const rest = delivery!.next_at - clock()
			pauses.push(Math.round(rest / MINUTE))
			await later(rest - MINUTE)
			assert.is(far.told().length, pauses.length, 'not before its time')
			await later(2 * MINUTE)
		}
		assert.equal(pauses.slice(0, 6), [5, 15, 45, 135, 405, 720])
		const [delivery] = await deliveries()
		assert.is(delivery!.state, 'failed')
		assert.ok(pauses.reduce((sum, pause) => sum + pause) > 48 * 60)
		assert.ok(pauses.reduce((sum, pause) => sum + pause) <= 72 * 60)
		await close()
	})

	test('a server that asks for a pause gets it, for all its pages', async () => {
		const { write, turn, later, far, deliveries, clock, close } = await open()
		far.says['/in'] = { status: 429, headers: { 'Retry-After': '7200' } }
		await write(`[а](${far.url}/a)`)
		await turn()
		const first = far.asked.length
		await write(`[б](${far.url}/b)`)
		far.says['/in'] = { status: 202 }
		assert.ok((await deliveries())[0]!.next_at > clock() + 119 * MINUTE)
		await later(10 * MINUTE)
		assert.is(far.told().filter(({ target }) => target.endsWith('/a')).length, 1)
		assert.ok(far.asked.length >= first)
		await later(111 * MINUTE)
		assert.is(far.told().filter(({ target }) => target.endsWith('/a')).length, 2)
		assert.ok((await deliveries()).every(({ state }) => state === 'sent'))
		await close()
	})

	test('the others of a host wait too when one of its pages asks for a pause', async () => {
		const { write, turn, far, deliveries, clock, close } = await open()
		far.says['/in'] = { status: 503, headers: { 'Retry-After': '3600' } }
		await write(Array.from({ length: 30 }, (_, n) => `[${n}](${far.url}/${n})`).join(' '))
		await turn()
		assert.ok(far.told().length <= 8, `${far.told().length} were told before the pause was heeded`)
		assert.ok((await deliveries()).every(({ next_at }) => next_at > clock() + 59 * MINUTE))
		await close()
	})

	test('a server that hangs holds up no other, and is tried again', async () => {
		const { write, turn, far, deliveries, close } = await open()
		far.says['/slow'] = { body: '<link rel="webmention" href="/hangs">' }
		far.says['/hangs'] = 'hangs'
		const { address } = await write(`[а](${far.url}/slow) [б](${far.url}/b)`)
		assert.equal(await turn(), [])
		assert.equal(
			(await deliveries()).map(({ state, outcome }) => [state, outcome]),
			[
				['waiting', 'timeout'],
				['sent', 'status 202'],
			],
		)
		assert.ok(far.told().some(({ source }) => source === address))
		await close()
	})

	test('of 200 links the first hundred of the text are told', async () => {
		const { write, turn, far, deliveries, close } = await open()
		await write(Array.from({ length: 200 }, (_, n) => `[${n}](${far.url}/page-${n})`).join(' '))
		await turn()
		const told = far.told().map(({ target }) => Number(target.split('-').at(-1)))
		assert.equal(
			told.toSorted((a, b) => a - b),
			Array.from({ length: 100 }, (_, n) => n),
		)
		assert.is((await deliveries()).length, 100)
		await close()
	})

	test('a blog that has only pingback gets a pingback, once; a fault that it is known already is good', async () => {
		const { write, edit, turn, far, deliveries, close } = await open()
		far.says['*'] = { headers: { 'X-Pingback': `${far.url}/xmlrpc` } }
		far.says['/xmlrpc'] = { headers: { 'Content-Type': 'text/xml' }, body: SAYS_YES }
		const { id, address } = await write(`[а](${far.url}/a?b=1&c=2)`)
		await turn()
		const [ping] = far.asked.filter(({ method }) => method === 'POST')
		assert.is(ping!.headers['content-type'], 'text/xml; charset=utf-8')
		assert.match(ping!.body, '<methodName>pingback.ping</methodName>')
		assert.match(ping!.body, `<string>${address}</string>`)
		assert.match(ping!.body, `<string>${far.url}/a?b=1&amp;c=2</string>`)
		await edit(id, { source: `Ещё раз: [а](${far.url}/a?b=1&c=2)` })
		await turn()
		assert.is(far.asked.filter(({ method }) => method === 'POST').length, 1, 'pingback knows no updates')
		await edit(id, { source: `[б](${far.url}/b)` })
		far.says['/xmlrpc'] = { headers: { 'Content-Type': 'text/xml' }, body: fault(48) }
		await turn()
		assert.equal(
			(await deliveries()).map(({ state, protocol, outcome, linked }) => [state, protocol, outcome, linked]),
			[
				['none', 'pingback', '', 0],
				['sent', 'pingback', 'fault 48', 1],
			],
		)
		await close()
	})

	test('a fault of pingback is kept; one about limits is tried again; what is no answer is refused', async () => {
		const { write, turn, far, deliveries, close } = await open()
		far.says['*'] = { headers: { 'X-Pingback': `${far.url}/xmlrpc` } }
		const answers = [fault(17), fault(49), 'Что?', '<!DOCTYPE x [<!ENTITY y "z">]><methodResponse>&y;</methodResponse>']
		for (const [n, body] of answers.entries()) {
			far.says['/xmlrpc'] = { headers: { 'Content-Type': 'text/xml' }, body }
			await write(`[а](${far.url}/${n})`)
			await turn()
		}
		assert.equal(
			(await deliveries()).map(({ state, outcome }) => [state, outcome]),
			[
				['failed', 'fault 17'],
				['waiting', 'fault 49'],
				['failed', 'unreadable'],
				['failed', 'unreadable'],
			],
		)
		await close()
	})

	test('a blog on a private address tells nobody but whom FETCH_ALLOW names', async () => {
		const other = await startFarSite()
		const { write, turn, far, deliveries, close } = await open({ SITE_URL: 'http://192.168.1.5:3000' })
		await write(`[а](${far.url}/a) [б](${other.url}/b) [в](http://192.0.2.1/c)`)
		await turn()
		assert.is(far.told().length, 1)
		assert.is(other.asked.length, 0)
		assert.equal(
			(await deliveries()).map(({ outcome }) => outcome),
			['status 202', 'private-site', 'private-site'],
		)
		await other.close()
		await close()
	})

	test('what is private is not reached', async () => {
		const other = await startFarSite()
		const { write, turn, deliveries, close } = await open()
		await write(`[а](${other.url}/a) [б](http://localhost:${new URL(other.url).port}/b) [в](http://169.254.169.254/c)`)
		await turn()
		assert.is(other.asked.length, 0)
		assert.equal(
			(await deliveries()).map(({ state, outcome }) => [state, outcome]),
			Array(3).fill(['none', 'forbidden']),
		)
		await other.close()
		await close()
	})

	test('the endpoint of a page is asked by the same rules as the page', async () => {
		const other = await startFarSite()
		const { write, turn, far, deliveries, close } = await open()
		far.says['/a'] = { headers: { Link: `<${other.url}/in>; rel=webmention` } }
		await write(`[а](${far.url}/a)`)
		await turn()
		assert.is(other.asked.length, 0)
		assert.is((await deliveries())[0]!.outcome, 'forbidden')
		await other.close()
		await close()
	})

	test('a page behind a redirect names its endpoint from where it is, and is told under the address that was linked', async () => {
		const { write, turn, far, close } = await open()
		far.says['/old'] = { status: 302, headers: { Location: '/new/page' } }
		far.says['/new/page'] = { body: '<a rel="webmention" href="in?x=1"></a>' }
		far.says['/new/in?x=1'] = { status: 201 }
		await write(`[а](${far.url}/old)`)
		await turn()
		assert.equal(
			far.told().map(({ path, target }) => [path, target]),
			[['/new/in?x=1', `${far.url}/old`]],
		)
		await close()
	})

	test('an endpoint that has moved is told where it is now; what it answers doesn’t matter', async () => {
		const { write, turn, far, deliveries, close } = await open()
		for (const status of [301, 302, 307, 308]) {
			far.says[`/to-${status}`] = { body: `<link rel="webmention" href="/moved-${status}">` }
			far.says[`/moved-${status}`] = { status, headers: { Location: `/in-${status}` } }
			far.says[`/in-${status}`] = { headers: { 'Content-Type': 'image/png' }, body: 'x' }
			await write(`[а](${far.url}/to-${status})`)
			await turn()
			assert.is(far.told().at(-1)!.path, `/in-${status}`)
			assert.is(far.told().at(-1)!.target, `${far.url}/to-${status}`)
			assert.is((await deliveries()).at(-1)!.state, 'sent')
		}
		far.says['/in'] = { headers: { 'Content-Type': '' }, body: 'x'.repeat(2_000_000) }
		await write(`[а](${far.url}/a)`)
		await turn()
		assert.is((await deliveries()).at(-1)!.state, 'sent')
		await close()
	})

	test('a post in two languages tells of each under its own address', async () => {
		const { write, out, clock, turn, db, far, close } = await open()
		const { post, address } = await write(`[а](${far.url}/a)`)
		const draft = { locale: 'en', title: 'Post', source: `[a](${far.url}/a)`, status: 'published' } as const
		await writeTranslation({ db, timezone: out.config.timezone, now: clock() }, post, { newTerms: [] }, draft)
		await turn()
		assert.equal(
			far
				.told()
				.map(({ source }) => source.slice(0, 24))
				.sort(),
			['https://blog.example/en/', address.slice(0, 24)],
		)
		await close()
	})

	test.run()
}

const SAYS_YES =
	'<?xml version="1.0"?><methodResponse><params><param><value>Спасибо</value></param></params></methodResponse>'

function fault(code: number): string {
	return `<?xml version="1.0"?><methodResponse><fault><value><struct>
		<member><name>faultCode</name><value><int>${code}</int></value></member>
		<member><name>faultString</name><value><string>Нет</string></value></member>
	</struct></value></fault></methodResponse>`
}
