import { sql } from 'kysely'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moderate } from '../../src/comments/moderate.ts'
import { setPolicy } from '../comments/reader.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { mention, outcomesOf, POST, ping, responsesBy, settled, startExchange, until } from './exchange.ts'

const RULES = '/ru/2024/07/pravila/'

const reply = (target: string, text: string, more = '') =>
	`<title>Ответ</title><div class="h-entry"><a class="u-in-reply-to" href="${target}">о</a><p class="e-content">${text}</p>${more}</div>`
const rulesOf = ({ reasons }: { reasons: string }) =>
	(JSON.parse(reasons) as { rule: string }[]).map(({ rule }) => rule)

for (const database of databases) {
	const test = suite(`where mentions go on ${database.name}`)

	test('a host that is new waits; once approved, its mentions appear at once, whatever the port', async () => {
		const { blog, source, db, close } = await startExchange(database)
		const first = source.put('/1', reply(blog.url + POST, 'Мы тоже были на этой конференции.'))
		await ping(blog, first, blog.url + POST)
		await settled(db)
		const [waiting] = await responsesBy(db, first)
		assert.equal([waiting!.status, rulesOf(waiting!)], ['held', ['host']])
		await db.updateTable('comments').set({ url: 'https://127.0.0.1:9/x' }).where('id', '=', waiting!.id).execute()
		await moderate(blog.inside, [waiting!.id], 'approved', { by: 'command' })
		const second = source.put('/2', reply(blog.url + RULES, 'И с правилами мы согласны.'))
		await ping(blog, second, blog.url + RULES)
		await settled(db)
		const [shown] = await responsesBy(db, second)
		assert.equal([shown!.status, rulesOf(shown!)], ['approved', []])
		await close()
	})

	test('the rules and filters of comments see them, also those of hosts that are known', async () => {
		const { blog, source, db, close } = await startExchange(database)
		await db
			.updateTable('comments')
			.set({ url: `${source.url}/known` })
			.where('id', '=', blog.seeded.responses.pingback)
			.execute()
		await setPolicy(db, { disallowedWords: ['казино'], moderationWords: ['погода'] })
		const told = async (text: string) => {
			const page = source.put(`/${encodeURIComponent(text)}`, reply(blog.url + POST, text))
			await mention(blog, page, blog.url + POST)
			await settled(db)
			return (await responsesBy(db, page))[0]!
		}
		assert.is((await told('Лучшее казино города.')).status, 'spam')
		const held = await told('А какая была погода в день конференции?')
		assert.equal([held.status, rulesOf(held)], ['held', ['moderation']])
		const good = await told('И с правилами мы согласны, кроме третьего.')
		assert.is(good.status, 'approved')
		// Approved words that become others are looked at anew.
		source.put(new URL(good.url).pathname, reply(blog.url + POST, 'Лучшее казино города.'))
		await mention(blog, good.url, blog.url + POST)
		await settled(db)
		assert.is((await responsesBy(db, good.url))[0]!.status, 'spam')
		await close()
	})

	test('an imported pingback is known', async () => {
		const { blog, close } = await startExchange(database)
		assert.is(await ping(blog, 'https://sosed.example/post', blog.url + POST), 48)
		assert.is(await ping(blog, 'http://sosed.example/post/#x', blog.url + POST), 48)
		await close()
	})

	test('a page that mentions several posts is fetched once for all of them', async () => {
		const { blog, source, db, close } = await startExchange(database)
		let release = () => {}
		const gate = new Promise<void>((resolve) => {
			release = resolve
		})
		const other = source.put('/other', '')
		source.pages.set('/other', { answer: (response) => void gate.then(() => response.end()) })
		const page = source.put('/round-up', `<a href="${blog.url}${POST}">раз</a> <a href="${blog.url}${RULES}">два</a>`)
		// All hands are full until both notices are there.
		for (let n = 0; n < 4; n++) {
			source.pages.set(`/other${n}`, { answer: (response) => void gate.then(() => response.end()) })
			await ping(blog, `${other}${n}`, blog.url + POST)
		}
		await ping(blog, page, blog.url + POST)
		await ping(blog, page, blog.url + RULES)
		release()
		await settled(db)
		assert.is((await responsesBy(db, page)).length, 2)
		assert.ok(source.asked.filter(({ path }) => path === '/round-up').length <= 2)
		await close()
	})

	test('a page is fetched at most six times in ten minutes, and what was told meanwhile is done later', async () => {
		let now = NOW
		const { blog, source, db, close } = await startExchange(database, { clock: () => now })
		const page = source.put('/', '<p>nothing</p>')
		for (let n = 0; n < 10; n++) {
			await mention(blog, page, blog.url + POST)
			if (n < 6) await settled(db)
			now += 1000
		}
		assert.is(source.asked.length, 6)
		const waiting = await db.selectFrom('mentions').select(['waiting', 'notices']).execute()
		assert.equal(waiting, [{ waiting: 1, notices: 10 }])
		if (database.name === 'SQLite') {
			// An attempt that is under way, or about to be, would end in a later time than it began in.
			const busy = sql`select 1 from jobs where leased = 1 or due_at <= ${now}`
			await until(async () => (await busy.execute(db)).rows.length === 0)
			now += 10 * 60_000
			// Notices that came while an attempt was under way have a job of their own.
			await until(() => source.asked.length > 6)
			await settled(db)
		}
		await close()
	})

	test('the author is told why nothing came of a notice; the sender is not', async () => {
		const { blog, source, db, close } = await startExchange(database)
		const target = blog.url + POST
		source.pages.set('/403', { status: 403 })
		source.pages.set('/500', { status: 500 })
		source.pages.set('/image', { headers: { 'Content-Type': 'image/png' }, body: 'x' })
		source.pages.set('/loop', { status: 302, headers: { Location: '/loop' } })
		source.put('/longer', `<a href="${target}more/">x</a> <p>${target}</p>`)
		const answers = new Set<unknown>()
		for (const path of ['/403', '/404', '/500', '/image', '/loop', '/longer']) {
			answers.add(await ping(blog, source.url + path, target))
		}
		answers.add(await ping(blog, 'http://10.0.0.1/', target))
		answers.add(await ping(blog, 'http://nowhere.invalid/', target))
		assert.is(answers.size, 1)
		await until(async () => {
			const rows = await db.selectFrom('mentions').select('outcome').where('outcome', '=', '').execute()
			return rows.length === 0
		})
		for (const [path, outcome] of [
			['/403', 'missing'],
			['/404', 'missing'],
			['/500', 'unreachable'],
			['/image', 'unlinked'],
			['/loop', 'unreachable'],
			['/longer', 'unlinked'],
		]) {
			assert.equal(await outcomesOf(db, source.url + path), [outcome], path)
		}
		assert.equal(await outcomesOf(db, 'http://10.0.0.1/'), ['unreachable'])
		assert.equal(await outcomesOf(db, 'http://nowhere.invalid/'), ['unreachable'])
		const rows = await db
			.selectFrom('mentions')
			.select(['source', 'waiting', 'tries'])
			.where('waiting', '=', 1)
			.execute()
		assert.equal(rows.map(({ source }) => new URL(source).pathname).sort(), ['/', '/500'])
		await close()
	})

	test('a picture is fetched once its writer is shown, made small, and served by the blog', async () => {
		const { blog, source, db, close } = await startExchange(database)
		const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#a33' } })
			.png()
			.toBuffer()
		source.pages.set('/me.png', { headers: { 'Content-Type': 'image/png' }, body: picture })
		source.pages.set('/evil.png', {
			headers: { 'Content-Type': 'image/png' },
			body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
		})
		const author = (photo: string) =>
			`<p class="p-author h-card"><img class="u-photo" src="${photo}" alt=""> <b class="p-name">Вера</b></p>`
		const target = blog.url + POST
		const page = source.put('/with', reply(target, 'Была там тоже.', author('/me.png')))
		const other = source.put('/evil', reply(target, 'И я там была.', author('/evil.png')))
		await mention(blog, page, target)
		await mention(blog, other, target)
		await settled(db)
		assert.not.ok(source.asked.some(({ path }) => path.endsWith('.png')))
		const ids = [(await responsesBy(db, page))[0]!.id, (await responsesBy(db, other))[0]!.id]
		await moderate(blog.inside, ids, 'approved', { by: 'command' })
		await until(async () => (await responsesBy(db, page))[0]!.photo.startsWith('mentions/'))
		await until(async () => (await responsesBy(db, other))[0]!.photo === '')
		const shown = await blog.html(POST)
		const src = shown.$(`#comment-${ids[0]} img.avatar`)!.attributes.src!
		const served = await blog.get(src)
		assert.is(served.headers['content-type'], 'image/jpeg')
		const { width, height } = await sharp(served.bytes).metadata()
		assert.equal([width, height], [96, 96])
		assert.ok(shown.$(`#comment-${ids[1]} svg.avatar`))
		await close()
	})

	test('declared encodings are read, a page without a title goes by its host', async () => {
		const { blog, source, db, close } = await startExchange(database)
		const target = blog.url + POST
		const text = Buffer.from('cff0e8e2e5f2ebc8f2e8f1b3', 'hex')
		const link = (before: Buffer) =>
			Buffer.concat([Buffer.from('<p>'), before, Buffer.from(` <a href="${target}">x</a> ${'.'.repeat(50)}</p>`)])
		const page = source.put('/cp1251', link(text.subarray(0, 6)), { 'Content-Type': 'text/html; charset=windows-1251' })
		await ping(blog, page, target)
		await settled(db)
		const [row] = await responsesBy(db, page)
		assert.match(row!.html, 'Привет')
		assert.is(row!.name, '127.0.0.1')
		await close()
	})

	test.run()
}
