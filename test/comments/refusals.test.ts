import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { databases } from '../support/databases.ts'
import { parseHtml } from '../support/html.ts'
import { idIn, newReader, type OpenBlog, POST, plain, standing, startOpenBlog, VERA } from './reader.ts'

const FORM = 'application/x-www-form-urlencoded'
const FAMILY = '👨‍👩‍👧‍👦'

for (const database of databases) {
	const test = suite(`what is refused on ${database.name}`)
	let blog: OpenBlog
	test.before(async () => {
		blog = await startOpenBlog(database)
	})
	test.after(() => blog.close())

	const send = (fields: Record<string, string>, path?: string, headers?: Record<string, string>) =>
		newReader(blog).send({ ...VERA, ...fields }, path, headers)
	const raw = (body: string | Buffer, headers: Record<string, string> = {}) =>
		blog.get(`${POST}comments/`, { method: 'POST', body, headers: { 'Content-Type': FORM, ...headers } })
	const errorOf = (text: string, name: string) => {
		const form = parseHtml(text).$('form#respond')
		return form?.$(`#respond-${name}-error`)?.text
	}
	const rowsOf = async () => Number((await blog.db.selectFrom('comments').select('id').execute()).length)

	test('a parent that is another post’s, waits, is spam or is missing: 403 with the text kept', async () => {
		const { held, spam } = blog.seeded.responses
		const foreign = await newReader(blog).say({ name: 'На другой' }, '/ru/2024/07/pravila/')
		await blog.db.updateTable('comments').set({ status: 'approved' }).where('id', '=', foreign).execute()
		for (const parent of [foreign, held, spam, 0, 123456, 2 ** 31, 99_999_999_999, '9'.repeat(15)]) {
			const answer = await send({ parent: String(parent) })
			assert.is(answer.status, 403, String(parent))
			const form = parseHtml(answer.text).$('form#respond')!
			assert.match(form.$('[role=alert]')!.text, 'больше нет')
			assert.is(form.$('textarea')!.text, VERA.text)
			assert.is(form.$('[name=parent]')!.attributes.value, '', 'what is sent next is no reply')
		}
	})

	test('a parent that is no number: 422', async () => {
		for (const parent of ['x', '-1', '1.5', '1e3', '0x10', '1 2', '½', '9'.repeat(16), "1'--"]) {
			assert.is((await send({ parent })).status, 422, parent)
		}
	})

	test('what readers may not see takes nothing: drafts, scheduled and protected posts, and what is not there', async () => {
		const before = await rowsOf()
		for (const path of [
			'/en/2025/03/plans/',
			'/ru/2025/04/pervoe-aprelya/',
			'/ru/2025/01/dlya-svoih/',
			'/ru/2025/02/nothing/',
			'/ru/nothing/',
			'/ru/2025/02/egov-2-0-conference/',
		]) {
			assert.is((await send({}, path)).status, 404, path)
		}
		assert.is(await rowsOf(), before)
	})

	test('a page of another site cannot make a browser comment; a program may', async () => {
		const own = blog.url
		for (const headers of [
			{ 'Sec-Fetch-Site': 'cross-site' },
			{ 'Sec-Fetch-Site': 'same-site' },
			{ Origin: 'https://evil.example' },
			{ Origin: 'null' },
			{ Origin: `${own}.evil.example` },
			{ Origin: own, 'Sec-Fetch-Site': 'cross-site' },
		] as Record<string, string>[]) {
			assert.is((await send({ text: 'Чужой' }, POST, headers)).status, 403, JSON.stringify(headers))
		}
		for (const [index, headers] of [{}, { Origin: own }, { Origin: own, 'Sec-Fetch-Site': 'same-origin' }].entries()) {
			assert.is((await send({ text: `Свой ${index}` }, POST, headers as Record<string, string>)).status, 303)
		}
	})

	test('a body over 64 KB is 413, of another type 415, not UTF-8 400; each a page', async () => {
		const valid = String(new URLSearchParams(VERA))
		const answers = [
			[413, await raw(`${valid}&x=${'x'.repeat(65_536)}`)],
			[413, await raw(`${valid}&text=${'%D0%B0'.repeat(20_000)}`)],
			[415, await raw(JSON.stringify(VERA), { 'Content-Type': 'application/json' })],
			[415, await raw('name=x', { 'Content-Type': 'text/plain' })],
			[415, await raw('--b\r\n\r\n--b--', { 'Content-Type': 'multipart/form-data; boundary=b' })],
			[400, await raw(Buffer.concat([Buffer.from(`${valid}&url=`), Buffer.from([0xff, 0xfe])]))],
		] as const
		for (const [status, answer] of answers) {
			assert.is(answer.status, status)
			assert.is(parseHtml(answer.text).attributes.lang, 'ru')
		}
		assert.is((await raw('')).status, 422)
	})

	test('bytes that are no text become a mark in the text, and NUL goes', async () => {
		const answer = await raw('name=%D0%92%FF&email=vera@yandex.ru&text=a%00b%FFc%ED%A0%80')
		const { source } = await standing(blog.db, idIn(answer, blog))
		assert.match(source, /^ab\uFFFDc\uFFFD+$/)
		const id = await newReader(blog).say({ name: 'Ве\0ра\x07\x1b', text: 'Один\0 два\r\nтри\x00', url: '\0' })
		const { name, source: text, url } = await standing(blog.db, id)
		assert.equal([name, text, url], ['Вера', 'Один два\nтри', ''])
	})

	test('limits count characters as people do, not bytes', async () => {
		for (const [field, most, character] of [
			['name', 80, 'Ж'],
			['name', 80, '🙂'],
			['name', 80, FAMILY],
			['name', 80, 'й'],
			['text', 10_000, 'ж'],
			['text', 5_000, '🙂'],
			['text', 500, FAMILY],
		] as const) {
			const { status, text } = await send({
				name: 'Жанна',
				text: `${field} ${character}`,
				[field]: character.repeat(most),
			})
			assert.is(status, 303, `${most} ${character} in ${field}: ${errorOf(text, field)}`)
		}
		for (const [field, most, character] of [
			['name', 80, 'Ж'],
			['name', 80, '🙂'],
			['name', 80, FAMILY],
			['text', 10_000, 'a'],
		] as const) {
			const { status, text } = await send({ [field]: character.repeat(most + 1) })
			assert.is(status, 422, `${most + 1} ${character}`)
			const number = new Intl.NumberFormat('ru').format(most)
			assert.match(plain(errorOf(text, field))!, new RegExp(`помещается (${most}|${plain(number)}) знаков`))
		}
		const long = `${'a'.repeat(255)}@example.org`
		assert.match(errorOf((await send({ email: long })).text, 'email')!, '254 знака')
		assert.match(errorOf((await send({ url: `https://a.example/${'a'.repeat(500)}` })).text, 'url')!, '500 знаков')
	})

	test('one character that goes on and on is not one', async () => {
		// What repeats itself is packed small enough for PostgreSQL's indexes.
		let state = 1
		const next = (size: number) => {
			state = Math.imul(state, 1_103_515_245) + 12_345
			return (state >>> 8) % size
		}
		const random = (from: number, size: number, length: number) =>
			Array.from({ length }, () => String.fromCodePoint(from + next(size)))
		const jamo = random(0x1100, 90, 5000).join('')
		const zwj = random(0x1f300, 500, 3000).join('\u200d')
		const marks = random(0x300, 100, 8000).join('')
		for (const long of [jamo, zwj]) {
			assert.is((await send({ name: long })).status, 422)
			assert.is((await send({ email: `${long}@example.org` })).status, 422)
		}
		assert.is((await send({ email: `a${marks}@example.org` })).status, 422)
		assert.ok([303, 422].includes((await send({ url: `https://example.org/${marks}` })).status))
		const odd = await send({ name: `З${marks}`, text: jamo.slice(0, 1500) })
		assert.is(odd.status, 303)
		assert.ok((await standing(blog.db, idIn(odd))).name.length < 10)
	})

	test('a word of 100,000 characters is too large, one of 10,000 is broken by the page', async () => {
		assert.is((await send({ text: 'a'.repeat(100_000) })).status, 413)
		assert.is((await send({ text: 'ъ'.repeat(60_000) })).status, 413)
		assert.is((await send({ text: 'a'.repeat(60_000) })).status, 422)
		const reader = newReader(blog)
		const id = await reader.say({ text: 'ъ'.repeat(10_000) })
		assert.ok((await reader.html(POST)).$(`#comment-${id}`))
	})

	test('a comment of nothing but emoji is a comment; of nothing but invisible characters it is none', async () => {
		const reader = newReader(blog)
		const id = await reader.say({ name: '🙂', text: '👍🏽❤️🎉' })
		assert.match((await reader.html(POST)).$(`#comment-${id}`)!.text, '👍🏽❤️🎉')
		for (const text of ['\u00a0 \u2003', '\u200b', '\u200e\u2060', '\u202e', '\ufeff', '\u00ad']) {
			assert.is((await send({ text })).status, 422, escape(text))
			assert.is((await send({ name: text })).status, 422, escape(text))
		}
	})

	test('a site gets its scheme; what is no web address is refused', async () => {
		const reader = newReader(blog)
		for (const [typed, url] of [
			['vera.example', 'https://vera.example'],
			['www.vera.example/о-себе?a=1', 'https://www.vera.example/о-себе?a=1'],
			['http://vera.example', 'http://vera.example'],
			['HTTPS://Vera.Example/A', 'HTTPS://Vera.Example/A'],
			['вера.рф', 'https://вера.рф'],
			['vera.example:8080/a', 'https://vera.example:8080/a'],
		] as const) {
			const id = await reader.say({ url: typed, text: `Сайт ${typed}` })
			assert.is((await standing(blog.db, id)).url, url)
			assert.is((await reader.html(POST)).$(`#comment-${id} .p-author a`)!.attributes.href, url)
		}
		for (const url of [
			...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'java\nscript:alert(1)'],
			...['javascript://example.org/%0aalert(1)', '\u0001javascript:alert(1)', 'javascript\u200b:alert(1)'],
			...['data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd', 'ftp://example.org', 'mailto:a@example.org'],
			...['https://user:password@example.org', 'https://', 'https:///', 'просто текст', 'localhost', 'http://[::1'],
			...['https://exa mple.org', 'blob:https://example.org/x', '"><script>alert(1)</script>'],
		]) {
			const answer = await send({ url, text: `Нехорошо ${url}` })
			assert.is(answer.status, 422, url)
			assert.is(errorOf(answer.text, 'url'), 'Это не похоже на адрес сайта.', url)
		}
	})

	test('script in every field stays text', async () => {
		const script = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg onload=alert(1)>{{7*7}}'
		const reader = newReader(blog)
		const text = `${script}\n\n[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](java&#115;cript:alert(1)) <javascript:alert(1)> ![d](https://example.org/e.png) [f](data:text/html,x) [g](//evil.example) [h](vbscript:x)\n\n<a href="javascript:alert(1)" onclick=alert(1)>x</a>`
		const id = await reader.say({ name: script.slice(0, 80), text })
		for (const status of ['held', 'approved'] as const) {
			await blog.db.updateTable('comments').set({ status }).where('id', '=', id).execute()
			const page = await reader.html(POST)
			const comment = page.$(`#comment-${id}`)!
			assert.match(comment.text, '<script>alert(1)</script>')
			assert.equal(
				comment.$$('script, img, svg:not(.avatar):not(header svg), iframe, [onerror], [onload], [onclick]'),
				[],
			)
			for (const { attributes } of comment.$$('.e-content a')) assert.match(attributes.href!, /^(https?|mailto):/)
		}
		for (const field of ['name', 'email', 'url', 'text', 'parent'] as const) {
			const { text } = await send({ email: 'x', [field]: `"'><script>alert(1)</script>` })
			assert.not.match(text, '<script>alert(1)')
			const form = parseHtml(text).$('form#respond')!
			assert.equal(form.$$('script, [onerror], [onload]'), [])
			assert.is(form.$$('input, textarea').length, 7)
		}
	})

	test('the writer who asks to be remembered with much to remember is not', async () => {
		const url = `https://vera.example/${'ы'.repeat(450)}`
		const answer = await send({ url, remember: '1', text: 'Длинный адрес' })
		assert.is(answer.status, 303)
		for (const line of answer.headers['set-cookie']!) assert.ok(line.length < 4096, String(line.length))
	})

	test('an answer leads nowhere but to the page', async () => {
		for (const headers of [
			{ Host: 'evil.example' },
			{ Referer: 'https://evil.example/' },
			{ 'X-Forwarded-Host': 'evil.example' },
		] as Record<string, string>[]) {
			const { headers: answered } = await send({ text: JSON.stringify(headers) }, POST, headers)
			assert.match(answered.location!, new RegExp(`^${POST}#comment-\\d+$`))
		}
		const fields = {
			redirect: 'https://evil.example',
			redirect_to: '//evil.example',
			status: 'approved',
			author_id: '1',
		}
		const id = await newReader(blog).say({ ...fields, id: '1', kind: 'pingback', text: 'Поля лишние' })
		const row = await standing(blog.db, id)
		assert.equal([row.status, row.author_id, row.kind], ['held', null, 'comment'])
	})

	test('a client that grows tired halfway is no fault of ours', async () => {
		assert.equal(
			blog.logs.filter(({ level }) => Number(level) >= 50),
			[],
		)
	})

	test.run()

	const flood = suite(`floods on ${database.name}`)

	flood('five a minute from one address, then 429 with the seconds to wait and the text kept', async () => {
		const open = await startOpenBlog(database)
		const from = (address: string, text: string) =>
			newReader(open).send({ ...VERA, text }, POST, { 'X-Forwarded-For': address })
		for (let n = 0; n < 5; n++) assert.is((await from(`2001:db8:1:2::${n}`, `Номер ${n}`)).status, 303)
		const sixth = await from('2001:db8:1:2:ffff::1', 'Шестой')
		assert.is(sixth.status, 429)
		assert.match(sixth.headers['retry-after']!, /^([1-9]|[1-5]\d|60)$/)
		assert.is(sixth.headers['cache-control'], 'private, no-store')
		const form = parseHtml(sixth.text).$('form#respond')!
		assert.is(form.$('textarea')!.text, 'Шестой')
		assert.match(plain(form.$('[role=alert]')!.text)!, 'Слишком много откликов подряд. Попробуйте через 1 минуту.')
		assert.is((await from('2001:db8:1:3::1', 'Соседи')).status, 303)
		assert.is((await from('198.51.100.7, 203.0.113.9', 'Последний в списке')).status, 303)
		for (let n = 0; n < 4; n++) await from(`198.51.100.${n}, 203.0.113.9`, `Ещё ${n}`)
		assert.is((await from('192.0.2.1, 203.0.113.9', 'Тот же')).status, 429)
		await open.close()
	})

	flood('without a proxy X-Forwarded-For is anyone’s word and does not count', async () => {
		const direct = await startOpenBlog(database, { env: { TRUST_PROXY: '0' } })
		for (let n = 0; n < 5; n++) {
			const id = await newReader(direct).say({ text: `Номер ${n}` })
			assert.match((await standing(direct.db, id)).ip, /127\.0\.0\.1$/)
		}
		assert.is((await newReader(direct).send({ ...VERA, text: 'Шестой' })).status, 429)
		await direct.close()
	})

	flood.run()
}
