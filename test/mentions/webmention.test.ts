import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moderate } from '../../src/comments/moderate.ts'
import type { Db } from '../../src/db/schema.ts'
import { databases } from '../support/databases.ts'
import {
	ENGLISH_POST,
	type Exchange,
	mention,
	outcomesOf,
	POST,
	ping,
	responsesBy,
	settled,
	startExchange,
	stranger,
} from './exchange.ts'

let number = 0

/** An entry of somebody who does something with a post. */
const entry = (target: string, property: string, inside = '', name = 'Вера') =>
	`<!doctype html><title>Запись</title><article class="h-entry"><a class="u-${property}" href="${target}">о</a>
	<a class="p-author h-card u-url" href="/">${name}</a>${inside}</article>`

for (const database of databases) {
	const test = suite(`webmentions on ${database.name}`)
	let exchange: Exchange

	test.before(async () => {
		exchange = await startExchange(database)
	})
	test.after(() => exchange.close())

	/** Puts up a page that mentions a post, and tells of it; gives its address once it has been looked into. */
	async function told(page: (target: string) => string, target = exchange.blog.url + POST): Promise<string> {
		const { blog, source, db } = exchange
		const url = source.put(`/w${number++}`, page(target))
		const answer = await mention(blog, url, target)
		assert.is(answer.status, 202, answer.text)
		await settled(db)
		return url
	}

	const approve = (db: Db, url: string) =>
		responsesBy(db, url).then(([row]) => moderate(exchange.blog.inside, [row!.id], 'approved', { by: 'command' }))

	test('the endpoint takes a form with two addresses, and says what is wrong with another', async () => {
		const { blog } = exchange
		const target = blog.url + POST
		const post = (body: string, type = 'application/x-www-form-urlencoded') =>
			blog.get('/webmention', { method: 'POST', headers: { 'Content-Type': type, ...stranger() }, body })
		assert.is((await post('{}', 'application/json')).status, 415)
		assert.is((await post('', 'multipart/form-data; boundary=x')).status, 415)
		assert.is((await post('')).status, 400)
		assert.is((await post(`source=x&target=${target}`)).status, 400)
		assert.is((await post(`source=https://other.example/`)).status, 400)
		assert.is((await post(`source=${target}&target=${target}`)).status, 400)
		assert.is((await post(`source=https://other.example/&target=${blog.url}/ru/`)).status, 400)
		assert.is((await post(`source=https://other.example/&target=${blog.url}/ru/2025/02/nowhere/`)).status, 400)
		assert.is((await post(`source=${'x'.repeat(20_000)}`)).status, 413)
		const refused = await post(`source=https://other.example/&target=https://third.example/`)
		assert.match(refused.headers['content-type']!, 'text/plain')
		assert.match(refused.text, 'не принадлежит этому блогу')
		const got = await blog.get('/webmention')
		assert.is(got.status, 405)
		assert.match(got.headers.allow!, 'POST')
	})

	test('the answer names an address that tells whether it was looked into, and nothing of the source', async () => {
		const { blog, db } = exchange
		const answer = await mention(blog, 'https://nowhere.invalid/page', blog.url + POST)
		assert.is(answer.status, 202)
		const { location } = answer.headers
		assert.match(location!, new RegExp(`^${blog.url}/webmention/[\\w-]{32}$`))
		const status = await blog.get(new URL(location!).pathname)
		assert.is(status.status, 200)
		assert.is(status.text, 'Упоминание принято и ждёт проверки.\n')
		assert.is((await blog.get(`/webmention/${'x'.repeat(32)}`)).status, 404)
		await db.updateTable('mentions').set({ waiting: 0 }).where('source', '=', 'https://nowhere.invalid/page').execute()
		assert.is((await blog.get(new URL(location!).pathname)).text, 'Упоминание проверено.\n')
		const page = await blog.get(new URL(location!).pathname, {
			headers: { Accept: 'text/html', 'Accept-Language': 'en' },
		})
		assert.match(page.text, '<html lang="en"')
		assert.match(page.text, 'The mention has been verified.')
	})

	test('a reply brings its writer and its text, made safe; waits; then stands in the thread of each translation', async () => {
		const { blog, db } = exchange
		const url = await told((target) =>
			entry(
				target,
				'in-reply-to',
				'<div class="e-content"><p onclick="x()">Согласна <b>во всём</b>.<script>evil()</script> <a href="javascript:x">x</a> <a href="/more">ещё</a></p></div>',
			),
		)
		const [row] = await responsesBy(db, url)
		assert.equal(
			[row!.status, row!.kind, row!.mention, row!.name, row!.title],
			['held', 'webmention', 'reply', 'Вера', 'Запись'],
		)
		assert.match(
			row!.html,
			/^<p>Согласна <b>во всём<\/b>\. x <a href="http:\/\/127\.0\.0\.1:\d+\/more" rel="nofollow ugc">ещё<\/a><\/p>$/,
		)
		assert.not.match((await blog.get(POST)).text, 'Согласна')
		await approve(db, url)
		for (const path of [POST, ENGLISH_POST]) {
			const comment = (await blog.html(path)).$(`#comment-${row!.id}`)!
			assert.match(comment.text, 'Согласна')
			assert.is(comment.$('.source')!.attributes.href, url)
			assert.is(comment.$('.mention-title')!.text, 'Запись')
		}
		assert.match((await blog.get(`${POST}feed/`)).text, 'Согласна')
	})

	test('a reply to a response stands under it, whichever translation was linked', async () => {
		const { blog, db } = exchange
		const { answer } = blog.seeded.responses
		const url = await told(
			(target) => entry(target, 'in-reply-to', '<p class="e-content">И мне.</p>'),
			`${blog.url}${ENGLISH_POST}#comment-${answer}`,
		)
		const [row] = await responsesBy(db, url)
		assert.is(row!.parent_id, answer)
		await approve(db, url)
		const thread = (await blog.html(POST)).$(`#comment-${answer}`)!
		assert.ok(thread)
		assert.equal(
			(await blog.html(POST))
				.$$('.comment')
				.map(({ attributes }) => attributes.id)
				.filter((id) => [`comment-${answer}`, `comment-${row!.id}`].includes(id!)),
			[`comment-${answer}`, `comment-${row!.id}`],
		)
	})

	test('a page that links to both translations is one response', async () => {
		const { blog, source, db } = exchange
		const url = source.put(
			'/both',
			`<p>См. <a href="${blog.url}${POST}">тут</a> и <a href="${blog.url}${ENGLISH_POST}">там</a>.</p>`,
		)
		await Promise.all([
			mention(blog, url, blog.url + POST),
			mention(blog, url, blog.url + ENGLISH_POST),
			ping(blog, url, blog.url + POST),
		])
		await settled(db)
		assert.is((await responsesBy(db, url)).length, 1)
	})

	test('likes and reposts stand in a row of their own, are counted, and are no part of the thread or of feeds', async () => {
		const { blog, db } = exchange
		const before = Number.parseInt((await blog.html(POST)).$('#responses')!.text, 10)
		const likes = [
			await told((target) => entry(target, 'like-of', '', 'Аня')),
			await told((target) => entry(target, 'like-of', '', 'Борис')),
		]
		const repost = await told((target) => entry(target, 'repost-of', '', 'Галя'))
		for (const url of [...likes, repost]) await approve(db, url)
		const page = await blog.html(POST)
		assert.equal(
			page.$$('.reaction h3').map(({ text }) => text.trim()),
			['Понравилось 2 читателям', '1 репост'],
		)
		assert.equal(
			page.$$('.reaction.like .p-name').map(({ text }) => text),
			['Аня', 'Борис'],
		)
		assert.is(page.$('.reaction.repost a')!.attributes.href, repost)
		assert.is(Number.parseInt(page.$('#responses')!.text, 10), before + 3)
		assert.equal(
			page.$$('.comment .p-name').filter(({ text }) => ['Аня', 'Борис', 'Галя'].includes(text)),
			[],
		)
		assert.not.match((await blog.get(`${POST}feed/`)).text, 'Борис')
		assert.match(
			(await blog.html(ENGLISH_POST))
				.$$('.reaction h3')
				.map(({ text }) => text)
				.join(),
			'2 likes',
		)
	})

	test('bookmarks and translations say what they are', async () => {
		const { blog, db } = exchange
		const bookmark = await told((target) => entry(target, 'bookmark-of', '<p class="p-summary">На память.</p>'))
		const translation = await told(
			(target) =>
				`<html lang="de">${entry(target, 'translation-of', '<p class="e-content">Die Konferenz hat stattgefunden, und es wurde über offene Daten gesprochen.</p>')}`,
		)
		await approve(db, bookmark)
		await approve(db, translation)
		const [row] = await responsesBy(db, translation)
		assert.is(row!.locale, 'de')
		const page = await blog.html(POST)
		assert.match(
			page
				.$$('.badge')
				.map(({ text }) => text)
				.join(),
			'Закладка',
		)
		assert.is(page.$(`#comment-${row!.id} .badge`)!.text, 'Перевод на другом сайте')
		assert.is(page.$(`#comment-${row!.id}`)!.attributes.lang, 'de')
		assert.not.match(
			page
				.$$('nav.filter a')
				.map(({ attributes }) => attributes.href)
				.join(),
			'only=de',
		)
	})

	test('told again, a changed page changes its response; taken away, it takes it away; brought back, it comes back', async () => {
		const { blog, source, db } = exchange
		const target = blog.url + POST
		const page = (text: string) => entry(target, 'in-reply-to', `<p class="e-content">${text}</p>`)
		const url = await told(() => page('Первое слово об этой конференции.'))
		await approve(db, url)
		const id = (await responsesBy(db, url))[0]!.id
		const path = new URL(url).pathname
		source.put(path, page('Второе слово об этой конференции.'))
		await mention(blog, url, target)
		await settled(db)
		assert.match((await blog.html(POST)).$(`#comment-${id}`)!.text, 'Второе слово')
		source.pages.set(path, { status: 503 })
		await mention(blog, url, target)
		assert.ok((await blog.html(POST)).$(`#comment-${id}`), 'trouble takes nothing away')
		source.pages.set(path, { status: 410 })
		await mention(blog, url, target)
		await settled(db)
		assert.is((await blog.html(POST)).$(`#comment-${id}`), undefined)
		assert.equal(await outcomesOf(db, url), ['removed'])
		source.put(path, page('Третье слово об этой конференции.'))
		await mention(blog, url, target)
		await settled(db)
		const [again, ...others] = await responsesBy(db, url)
		assert.equal([again!.id, others.length, again!.status], [id, 0, 'approved'])
		source.put(path, '<p>Ничего.</p>')
		await db.deleteFrom('mention_fetches').execute()
		await mention(blog, url, target)
		await settled(db)
		assert.is((await responsesBy(db, url))[0]!.status, 'trash')
	})

	test('what an author has put away stays away', async () => {
		const { blog, source, db } = exchange
		const url = await told((target) => entry(target, 'in-reply-to', '<p class="e-content">Первое.</p>'))
		const [row] = await responsesBy(db, url)
		await moderate(blog.inside, [row!.id], 'trash', { by: 'command' })
		source.put(new URL(url).pathname, entry(blog.url + POST, 'in-reply-to', '<p class="e-content">Второе.</p>'))
		await mention(blog, url, blog.url + POST)
		await settled(db)
		assert.equal(
			(await responsesBy(db, url)).map(({ status }) => status),
			['trash'],
		)
		assert.equal(await outcomesOf(db, url), ['kept'])
		assert.is(await ping(blog, url, blog.url + POST), 48)
	})

	test('a picture counts as a mention for a webmention, not for a pingback', async () => {
		const { blog, source, db } = exchange
		const page = source.put('/picture', `<img src="${blog.url}${POST}" alt="">`)
		await ping(blog, page, blog.url + POST)
		await settled(db)
		assert.equal(await outcomesOf(db, page), ['unlinked'])
		await mention(blog, page, blog.url + POST)
		await settled(db)
		assert.equal(await outcomesOf(db, page), ['stored'])
	})

	test.run()
}
