import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moderate } from '../../src/comments/moderate.ts'
import { bumpListings } from '../../src/comments/thread-queries.ts'
import { databases } from '../support/databases.ts'
import { parseHtml } from '../support/html.ts'
import {
	ENGLISH_POST,
	idIn,
	newReader,
	type OpenBlog,
	POST,
	plain,
	setPolicy,
	standing,
	startOpenBlog,
	VERA,
} from './reader.ts'

for (const database of databases) {
	const test = suite(`the journey of a comment on ${database.name}`)
	let blog: OpenBlog
	test.before.each(async () => {
		blog = await startOpenBlog(database)
	})
	test.after.each(() => blog.close())

	const approve = (id: number) =>
		moderate({ db: blog.db, config: { akismetKey: '' }, clock: Date.now } as never, [id], 'approved', { by: 'command' })

	test('the form names its fields, tells browsers what they are, and asks nothing personal of a cache', async () => {
		const form = (await blog.html(POST)).$('form#respond')!
		assert.equal([form.attributes.action, form.attributes.method], [`${POST}comments/`, 'post'])
		const labels = new Map(form.$$('label[for]').map(({ attributes, text }) => [attributes.for, text]))
		for (const [name, label, autocomplete] of [
			['name', 'Имя', 'name'],
			['email', 'Почта', 'email'],
			['url', 'Сайт необязательно', 'url'],
		] as const) {
			const input = form.$(`input[name=${name}]`)!
			assert.is(labels.get(input.attributes.id), label)
			assert.is(input.attributes.autocomplete, autocomplete)
			assert.is(input.attributes.value, '')
		}
		assert.is(labels.get(form.$('textarea[name=text]')!.attributes.id), 'Отклик')
		assert.is(form.$('input[name=parent]')!.attributes.value, '')
		const [again, other] = [await newReader(blog).get(POST), await blog.get(POST)]
		assert.is(again.text, other.text)
		assert.is(other.headers['set-cookie'], undefined)
	})

	test('a first comment waits: its writer sees it marked, nobody else anything of it', async () => {
		const vera = newReader(blog)
		const before = (await blog.get(POST)).text
		const answer = await vera.send({ ...VERA, text: 'Ждущий отклик о докладах.' })
		const id = idIn(answer, blog)
		assert.equal([answer.status, answer.headers.location], [303, `${POST}#comment-${id}`])
		assert.match(answer.headers['set-cookie']!.join(), /held=[^;]+;.*samesite=lax; httponly/i)
		const own = await vera.get(POST)
		assert.is(own.headers['cache-control'], 'private, no-store')
		const comment = parseHtml(own.text).$(`#comment-${id}.comment.held`)!
		assert.match(comment.text, 'Ждёт одобрения')
		assert.match(comment.text, 'Ждущий отклик о докладах.')
		assert.not.ok(comment.$('.reply'))
		assert.match(plain(parseHtml(own.text).$('#comments h2')!.text)!, /^5 откликов на/)
		assert.ok((await vera.html(ENGLISH_POST)).$(`#comment-${id}.held[lang=ru]`))

		assert.is((await blog.get(POST)).text, before)
		const elsewhere = [
			'',
			'comments/feed/',
			'comments/feed/atom/',
			'comments/feed/json/',
			'feed/',
			'search/?q=%D0%B6%D0%B4%D1%83%D1%89%D0%B8%D0%B9',
		]
		const paths = [...elsewhere.map((path) => `/ru/${path}`), `${POST}feed/`, '/feed/', '/sitemap.xml', '/en/']
		for (const path of paths) {
			assert.not.match((await blog.get(path)).text, /Ждущий отклик|Вера Павлова/, path)
			if (/feed|sitemap/.test(path)) assert.not.match((await vera.get(path)).text, /Ждущий/, path)
		}
		assert.is((await blog.html('/ru/')).$(`.h-entry a[href="${POST}#comments"]`)!.text, '5 откликов')
		const forged = await blog.html(POST)
		assert.not.ok(forged.$(`#comment-${id}`))
	})

	test('a forged cookie shows nobody what waits', async () => {
		const id = await newReader(blog).say()
		for (const cookie of [`held=${id}`, `held=${id}-`, `held=${id}-${'0'.repeat(64)}`, 'held=-', 'held=%00', 'held=']) {
			const answer = await blog.get(POST, { headers: { Cookie: cookie } })
			assert.is(answer.status, 200)
			assert.not.match(answer.text, `id="comment-${id}"`, cookie)
		}
	})

	test('who was approved once appears at once, everywhere', async () => {
		const first = await newReader(blog).say()
		await approve(first)
		assert.ok((await blog.html(POST)).$(`#comment-${first}`))
		const reader = newReader(blog)
		const id = await reader.say({ text: 'И ещё один вопрос о расписании.' })
		assert.is((await standing(blog.db, id)).status, 'approved')
		assert.not.ok(reader.cookies.has('held'))
		const page = await blog.html(POST)
		assert.ok(page.$(`#comment-${id}:not(.held)`))
		assert.match(plain(page.$('#comments h2')!.text)!, /^7 откликов на/)
		assert.match((await blog.get(`${POST}feed/`)).text, `#comment-${id}`)
		assert.match((await blog.get('/ru/')).text, `${POST}#comment-${id}`)
		const other = await newReader(blog).say({ name: 'Другая Вера', text: 'Имя другое, а почта та же.' })
		assert.is((await standing(blog.db, other)).status, 'held')
	})

	test('a reply is written without script: the link leads to a form that names whom it answers', async () => {
		const { first, held, spam, reply } = blog.seeded.responses
		const page = await blog.html(POST)
		const link = page.$(`#comment-${first} .reply a`)!
		assert.equal([link.attributes.href, link.attributes.rel], [`${POST}?reply=${first}#respond`, 'nofollow'])
		const form = await blog.html(`${POST}?reply=${first}`)
		assert.is(form.$('meta[name=robots]')!.attributes.content, 'noindex')
		assert.is(form.$('form#respond h3')!.text, 'Ответить: Вера')
		assert.is(form.$('form#respond input[name=parent]')!.attributes.value, String(first))
		assert.is(form.$('form#respond .cancel a')!.attributes.href, `${POST}#respond`)
		assert.not.ok(page.$('meta[name=robots]'))
		for (const wrong of [held, spam, 'x', '', '0', '-1', '1e3', '99999999999', '9'.repeat(30), `${first}'`, '%00']) {
			const { status, text } = await blog.get(`${POST}?reply=${wrong}`)
			assert.is(status, 200, String(wrong))
			assert.is(parseHtml(text).$('form#respond h3')!.text, 'Оставить отклик', String(wrong))
		}
		await approve(await newReader(blog).say())
		const id = await newReader(blog).say({ parent: String(reply), text: 'Запись обещали выложить.' })
		const after = await blog.html(POST)
		assert.ok(after.$(`li:has(> #comment-${reply}) > details.replies[open] > ol > li > #comment-${id}`))
		assert.match(after.$(`li:has(> #comment-${reply}) > details > summary`)!.text, '2 ответа')
	})

	test('what is wrong is told beside each field, and everything stays', async () => {
		const sent = { name: '', email: 'vera', url: 'javascript:alert(1)', text: ' \n ', notify: '1', remember: '1' }
		const answer = await newReader(blog).send(sent)
		assert.is(answer.status, 422)
		assert.is(answer.headers['cache-control'], 'private, no-store')
		assert.is(answer.headers['content-language'], 'ru')
		assert.is(answer.headers['set-cookie'], undefined)
		const page = parseHtml(answer.text)
		assert.is(page.$('meta[name=robots]')!.attributes.content, 'noindex')
		const form = page.$('form#respond')!
		assert.is(form.$('[role=alert]')!.text, 'Отклик не отправлен. Поправьте, пожалуйста, отмеченное.')
		for (const [name, error] of [
			['name', 'Заполните это поле.'],
			['email', 'Это не похоже на адрес почты.'],
			['url', 'Это не похоже на адрес сайта.'],
			['text', 'Заполните это поле.'],
		] as const) {
			const field = form.$(`[name=${name}]`)!
			assert.is(field.attributes['aria-invalid'], 'true', name)
			const described = field.attributes['aria-describedby']!.split(' ').map((id) => form.$(`#${id}`)!.text)
			assert.ok(described.includes(error), `${name}: ${described}`)
		}
		assert.is(form.$('[name=email]')!.attributes.value, 'vera')
		assert.is(form.$('[name=url]')!.attributes.value, 'javascript:alert(1)')
		assert.ok(form.$('[name=remember][checked]'))
		const english = parseHtml((await newReader(blog).send(sent, ENGLISH_POST)).text)
		assert.match(english.$('[role=alert]')!.text, 'Your response was not sent')
		const kept = parseHtml((await newReader(blog).send({ ...VERA, email: '' })).text).$('form#respond')!
		assert.is(kept.$('textarea')!.text, VERA.text)
		assert.is(kept.$('[name=name]')!.attributes.value, VERA.name)
	})

	test('a reply that comes back is still a reply', async () => {
		const { first } = blog.seeded.responses
		const answer = await newReader(blog).send({ ...VERA, name: '', parent: String(first) })
		const form = parseHtml(answer.text).$('form#respond')!
		assert.equal([form.$('[name=parent]')!.attributes.value, form.$('h3')!.text], [String(first), 'Ответить: Вера'])
	})

	test('a preview shows what would come out, and stores nothing', async () => {
		const text = '*Курсив*, `код` и https://example.org/a.\n\n> цитата\n\na < b && c > d'
		const reader = newReader(blog)
		const answer = await reader.send({ ...VERA, text, preview: '1', remember: '1' })
		assert.is(answer.status, 200)
		assert.is(answer.headers['cache-control'], 'private, no-store')
		const form = parseHtml(answer.text).$('form#respond')!
		const preview = form.$('.preview')!
		assert.equal(
			[preview.$('em')!.text, preview.$('code')!.text, preview.$('blockquote')!.text],
			['Курсив', 'код', 'цитата'],
		)
		assert.is(preview.$('a')!.attributes.rel, 'nofollow ugc')
		assert.match(preview.text, 'a < b && c > d')
		assert.is(form.$('textarea')!.text, text.replaceAll(/\s+/g, ' '))
		assert.not.ok(form.$('[role=alert]'))
		const id = await reader.say({ text })
		assert.ok(id)
		const count = await blog.db.selectFrom('comments').select('id').where('name', '=', VERA.name).execute()
		assert.is(count.length, 1)
	})

	test('a writer is remembered only by consent, and forgotten without it', async () => {
		const reader = newReader(blog)
		await reader.say()
		assert.not.ok(reader.cookies.has('commenter'))
		const answer = await reader.send({ ...VERA, text: 'Второй отклик.', url: 'https://vera.example', remember: '1' })
		const line = answer.headers['set-cookie']!.find((cookie) => cookie.startsWith('commenter='))!
		assert.match(line, /path=\/; expires=.*; samesite=lax$/i)
		assert.equal(JSON.parse(decodeURIComponent(reader.cookies.get('commenter')!)), {
			name: VERA.name,
			email: VERA.email,
			url: 'https://vera.example',
		})
		assert.not.match((await reader.get(POST)).text, VERA.email)
		await reader.say({ text: 'Третий отклик.' })
		assert.not.ok(reader.cookies.has('commenter'))
	})

	test('a form with its hidden field filled looks accepted and is never shown', async () => {
		const robot = newReader(blog)
		const answer = await robot.send({ ...VERA, subject: 'x' })
		const id = idIn(answer, blog)
		assert.is(answer.headers.location, `${POST}#comment-${id}`)
		assert.not.ok((await robot.html(POST)).$(`#comment-${id}`))
		const { status, rules, trap } = await standing(blog.db, id)
		assert.equal([status, rules, trap], ['spam', ['trap'], 'x'])
		assert.ok((await blog.html(POST)).$('form#respond .trap[aria-hidden=true] input[name=subject][tabindex="-1"]'))
	})

	test('the same said twice is refused, the text is there', async () => {
		const reader = newReader(blog)
		await reader.say()
		const again = await reader.send(VERA)
		assert.is(again.status, 409)
		const form = parseHtml(again.text).$('form#respond')!
		assert.is(form.$('[role=alert]')!.text, 'Такой отклик вы уже оставили.')
		assert.is(form.$('textarea')!.text, VERA.text)
		assert.is((await newReader(blog).send(VERA, ENGLISH_POST)).status, 409, 'one conversation')
		assert.is((await newReader(blog).send(VERA, '/ru/2024/07/pravila/')).status, 303, 'another post')
	})

	test('the same may be said to two people', async () => {
		const { first, reply } = blog.seeded.responses
		const reader = newReader(blog)
		assert.is((await reader.send({ ...VERA, text: 'Спасибо!', parent: String(first) })).status, 303)
		assert.is((await reader.send({ ...VERA, text: 'Спасибо!', parent: String(reply) })).status, 303)
		assert.is((await reader.send({ ...VERA, text: 'Спасибо!', parent: String(reply) })).status, 409)
	})

	test('a closed conversation takes nothing and gives the text back', async () => {
		const plans = '/ru/2025/03/plany/'
		assert.not.ok((await blog.html(plans)).$('form#respond'))
		const answer = await newReader(blog).send(VERA, plans)
		assert.is(answer.status, 403)
		const page = parseHtml(answer.text)
		assert.is(page.$('form#respond [role=alert]')!.text, 'Отклики к этой записи закрыты.')
		assert.is(page.$('form#respond textarea')!.text, VERA.text)
	})

	test('conversations close by themselves after the days that are set', async () => {
		await setPolicy(blog.db, { closeAfterDays: 17 })
		assert.is((await newReader(blog).send(VERA)).status, 403)
		const page = await blog.html(POST)
		assert.not.ok(page.$('form#respond'))
		assert.not.ok(page.$('.reply'))
		assert.is(page.$$('#comments .comment').length, 5)
		await setPolicy(blog.db, { closeAfterDays: 18 })
		assert.is((await newReader(blog).send(VERA)).status, 303)
	})

	test('whoever calls the address of the form by itself is led to the post', async () => {
		for (const path of [`${POST}comments/`, `${POST}comments`]) {
			const answer = await blog.get(path, { method: 'GET' })
			assert.ok([301, 302].includes(answer.status))
		}
		assert.is((await blog.get(`${POST}comments/`)).headers.location, `${POST}#respond`)
	})

	test('an address without its slash takes posts too, and a page takes them as a post does', async () => {
		const answer = await blog.post(`${POST}comments`, VERA, { 'X-Forwarded-For': '198.51.100.1' })
		assert.is(answer.status, 303)
		const reader = newReader(blog)
		const id = await reader.say({}, '/ru/o-bloge/')
		const page = await reader.html('/ru/o-bloge/')
		assert.is(page.$('form#respond')!.attributes.action, '/ru/o-bloge/comments/')
		assert.ok(page.$(`#comment-${id}.held`))
		await approve(id)
		assert.ok((await blog.html('/en/about/')).$(`#comment-${id}`))
	})

	test('who may leave the e-mail out says so in the settings', async () => {
		assert.is((await newReader(blog).send({ ...VERA, email: '' })).status, 422)
		await setPolicy(blog.db, { requireEmail: false })
		assert.is((await newReader(blog).send({ ...VERA, email: '' })).status, 303)
		const form = (await blog.html(POST)).$('form#respond')!
		assert.is(form.$('[name=email]')!.attributes.required, undefined)
	})

	test('the count in the heading is in the right number, in both languages', async () => {
		const { db } = blog
		const heading = async (path: string) => plain((await blog.html(path)).$('#comments h2')!.text)
		assert.is(await heading('/ru/2024/07/pravila/'), 'Откликов пока нет')
		assert.is(await heading('/en/2024/07/rules/'), 'No responses yet')
		const ids = (await db.selectFrom('comments').select('id').where('status', '=', 'approved').execute()).slice(0, 5)
		for (const [count, ru, en] of [
			[4, '4 отклика на «Конференция eGov 2.0»', '4 responses to “The eGov 2.0 conference”'],
			[2, '2 отклика на «Конференция eGov 2.0»', '2 responses to “The eGov 2.0 conference”'],
			[1, '1 отклик на «Конференция eGov 2.0»', '1 response to “The eGov 2.0 conference”'],
		] as const) {
			const hidden = ids.slice(count).map(({ id }) => id)
			await db.transaction().execute(async (trx) => {
				await trx.updateTable('comments').set({ status: 'trash' }).where('id', 'in', hidden).execute()
				await bumpListings(trx, [blog.seeded.posts.conference])
			})
			assert.equal([await heading(POST), await heading(ENGLISH_POST)], [ru, en])
		}
	})

	test('a comment in another language than its page says so', async () => {
		const text = 'I was there too, and I think the second talk was the best one of the whole day.'
		const id = await newReader(blog).say({ name: 'John Smith', text })
		await approve(id)
		assert.is((await blog.html(POST)).$(`#comment-${id}`)!.attributes.lang, 'en')
		const short = await newReader(blog).say({ name: 'John Smith', text: 'Thanks!' })
		assert.is((await standing(blog.db, short)).locale, 'ru', 'too short to be sure')
	})

	test.run()
}
