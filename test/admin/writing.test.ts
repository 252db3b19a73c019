import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BOUND, effort } from '../posts/translating/effort.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { type Desk, type DeskBlog, filled, openDesk, parseHtml, startDesks } from './desk.ts'

const DAY = 24 * 60 * 60 * 1000

for (const database of databases) {
	const test = suite(`what writing leaves behind on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let boris: Desk
	let now = NOW

	test.before(async () => {
		blog = await startDesks(database, { clock: () => now })
		anna = await openDesk(blog, 'anna@example.org')
		boris = await openDesk(blog, 'boris@example.org')
	})
	test.before.each(() => {
		now = NOW
	})
	test.after(() => blog.close())

	const write = async (form: Record<string, string>, desk = anna) => {
		const { status, headers } = await desk.post('/admin/posts/new/ru/', form)
		assert.is(status, 303)
		return Number(/^\/admin\/posts\/(\d+)\//.exec(headers.location!)![1])
	}
	const formOf = async (path: string, desk = anna) => filled(await desk.html(path), '#editor')
	const edit = async (id: number, changes: Record<string, string>, desk = anna) => {
		const path = `/admin/posts/${id}/ru/`
		assert.is((await desk.post(path, { ...(await formOf(path, desk)), ...changes })).status, 303)
	}
	const stored = (id: number) =>
		blog.db.selectFrom('translations').selectAll().where('post_id', '=', id).executeTakeFirstOrThrow()

	test('what is typed is kept, offered when one comes back, and touches nothing that is saved', async () => {
		const id = await write({ title: 'Опубликовано', text: 'Как было', status: 'published' })
		const path = `/admin/posts/${id}/ru/`
		const before = await stored(id)
		const form = { ...(await formOf(path)), text: 'Как будет' }
		const answer = await anna.post(`${path}draft/`, form)
		assert.is(answer.status, 200)
		assert.match(JSON.parse(answer.text).kept, '12:00')
		assert.equal(await stored(id), before)
		assert.not.match((await blog.html('/ru/2025/03/opublikovano/')).text, 'Как будет')
		const page = await anna.html(path)
		assert.is(page.$('#text')!.text, 'Как было')
		assert.match(page.$('.unsaved')!.text, '12:00')
		const returned = await anna.html(page.$('.unsaved a')!.attributes.href!)
		assert.is(returned.$('#text')!.text, 'Как будет')
		assert.is((await anna.post(path, filled(returned, '#editor'))).status, 303)
		assert.is((await stored(id)).source, 'Как будет')
		assert.not.ok((await anna.html(path)).$('.unsaved'))
	})

	test('new posts that were begun are offered by their titles, and can be thrown away', async () => {
		for (const title of ['Первая попытка', 'Вторая попытка']) {
			const form = { ...(await formOf('/admin/posts/new/ru/')), title }
			assert.is((await anna.post('/admin/posts/new/ru/draft/', form)).status, 200)
		}
		const page = await anna.html('/admin/posts/new/ru/')
		const offers = () => page.$$('.unsaved').map(({ text }) => text)
		assert.is(offers().length, 2)
		assert.ok(offers().some((text) => text.includes('Вторая попытка')))
		assert.not.ok((await boris.html('/admin/posts/new/ru/')).$('.unsaved'))
		for (const form of page.$$('.unsaved form')) {
			await anna.post(form.attributes.action!, { key: form.$('input')!.attributes.value! })
		}
		assert.not.ok((await anna.html('/admin/posts/new/ru/')).$('.unsaved'))
		assert.is((await anna.post('/admin/posts/new/ru/draft/', { title: 'т' })).status, 400)
	})

	test('two who write one text are told of each other, and neither overwrites the other', async () => {
		const { night } = blog.seeded.posts
		const path = `/admin/posts/${night}/ru/`
		const [hers, his] = [await formOf(path), await formOf(path, boris)]
		await boris.post(`${path}draft/`, { ...his, text: 'Вариант Бориса' })
		const news = JSON.parse((await anna.post(`${path}draft/`, { ...hers, text: 'Вариант Анны' })).text)
		assert.match(news.others, 'Борис Щукин')
		assert.match((await anna.html(path)).$('#others')!.text, 'Борис Щукин')
		assert.match(JSON.parse((await boris.get(`${path}draft/`)).text).others, 'Анна Ёлкина')
		await boris.post(path, { ...his, text: 'Вариант Бориса' })
		const { revision } = JSON.parse((await anna.get(`${path}draft/`)).text)
		assert.is.not(String(revision), String(hers.revision))
		const refused = await anna.post(path, { ...hers, text: 'Вариант Анны' })
		assert.is(refused.status, 409)
		const page = parseHtml(refused.text)
		assert.equal(
			page.$$('.conflict del, .conflict ins').map(({ text }) => text),
			['Бориса', 'Анны'],
		)
		assert.is(page.$('#text')!.text, 'Вариант Анны')
		now += 3 * 60 * 1000
		assert.ok('hidden' in (await anna.html(path)).$('#others')!.attributes)
	})

	test('a form sent twice makes one post, and one change', async () => {
		const form = { ...(await formOf('/admin/posts/new/ru/')), title: 'Двойной щелчок', text: 'Раз' }
		const answers = await Promise.all([1, 2, 3].map(() => anna.post('/admin/posts/new/ru/', form)))
		assert.is(new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`)).size, 1)
		assert.is(answers[0]!.status, 303)
		const changed = await anna.post('/admin/posts/new/ru/', { ...form, text: 'Два' })
		assert.is(changed.status, 409)
		assert.is(parseHtml(changed.text).$('#text')!.text, 'Два')
		const path = answers[0]!.headers.location!.replace(/\?.*/, '')
		const again = { ...(await formOf(path)), text: 'Три' }
		const edits = await Promise.all([1, 2].map(() => anna.post(path, again)))
		assert.equal(
			edits.map(({ status }) => status),
			[303, 303],
		)
		// Another author's form of the same key is another form.
		assert.is((await boris.post('/admin/posts/new/ru/', form)).status, 303)
	})

	test('every saved text is kept, shown by what changed in it, and comes back as a new one', async () => {
		const id = await write({ title: 'История', text: 'Первый вариант.' })
		now += 60_000
		await edit(id, { text: 'Второй вариант.' })
		now += 60_000
		await edit(id, { title: 'История вторая', text: 'Третий вариант.', small: '1' })
		const path = `/admin/posts/${id}/ru/revisions/`
		const page = await anna.html(path)
		assert.is(page.$$('.history nav li').length, 3)
		assert.match(page.$('.history nav li')!.text, 'Анна Ёлкина')
		assert.match(page.$('.history nav li')!.text, 'мелкая правка')
		assert.equal(
			page.$$('.diff del, .diff ins').map(({ text }) => text),
			['вторая', 'Второй', 'Третий'],
		)
		const first = await anna.html(page.$$('.history nav a').at(-1)!.attributes.href!)
		const rewind = filled(first, '.history section form')
		assert.is((await anna.post(path, rewind)).status, 303)
		const { title, source, revision } = await stored(id)
		assert.equal([title, source, revision], ['История', 'Первый вариант.', 4])
		assert.is((await anna.post(path, rewind)).status, 409)
		assert.is((await anna.html(path)).$$('.history nav li').length, 4)
		assert.is((await anna.post(path, { ...rewind, number: '99' })).status, 404)
		assert.is((await boris.get(path)).status, 403)
	})

	test('a text from before there was a history is kept when it is first changed', async () => {
		const { rules } = blog.seeded.posts
		assert.ok((await anna.html(`/admin/posts/${rules}/ru/revisions/`)).$('.empty'))
		await edit(rules, { text: 'Новые правила.' })
		const page = await anna.html(`/admin/posts/${rules}/ru/revisions/`)
		assert.is(page.$$('.history nav li').length, 2)
		assert.match(page.$('.diff del')!.text, 'Будьте')
	})

	test('a change of state or of settings is no new text', async () => {
		const id = await write({ title: 'Состояния', text: 'Текст' })
		await edit(id, { status: 'published' })
		await edit(id, { status: 'draft', newtags: 'Осень' })
		assert.is((await anna.html(`/admin/posts/${id}/ru/revisions/`)).$$('.history nav li').length, 1)
		assert.is((await stored(id)).major_revision, 1)
	})

	test('a draft is read by its link for a week, by anyone and by no machine, until it is revoked', async () => {
		const id = await write({ title: 'Черновик для друга', text: 'Пока *тайна*.', protection: 'сезам' })
		const path = `/admin/posts/${id}/ru/`
		await anna.post(`${path}previews/`)
		const link = (await anna.html(path)).$('.previews a')!.attributes.href!.replace(blog.url, '')
		const { status, headers, text } = await blog.get(link)
		assert.is(status, 200)
		assert.match(parseHtml(text).$('.e-content em')!.text, 'тайна')
		assert.equal([headers['cache-control'], headers['x-robots-tag']], ['private, no-store', 'noindex'])
		assert.ok(parseHtml(text).$('meta[name=robots][content=noindex]'))
		assert.not.ok(parseHtml(text).$('link[rel=canonical], link[rel=alternate][hreflang], form#respond'))
		await anna.post(`${path}previews/end/`, { token: link.split('/')[2]! })
		assert.is((await blog.get(link)).status, 404)
		await anna.post(`${path}previews/`)
		const other = (await anna.html(path)).$('.previews a')!.attributes.href!.replace(blog.url, '')
		await anna.post(`${path}trash/`)
		assert.is((await blog.get(other)).status, 404)
		await anna.post(`${path}restore/`)
		assert.is((await blog.get(other)).status, 200)
		now += 7 * DAY
		assert.is((await blog.get(other)).status, 404)
		assert.is((await blog.get(`/preview/${'x'.repeat(32)}/`)).status, 404)
		now = NOW
		assert.is((await boris.post(`${path}previews/`)).status, 403)
	})

	test('a preview is what readers would see, in the language of the text, and stores nothing', async () => {
		const form = { ...(await formOf('/admin/posts/new/en/')), title: 'Not yet', text: '## Talk\n\nSome **bold** words' }
		const answer = await anna.post('/admin/posts/new/en/preview/', form)
		assert.is(answer.status, 200)
		const page = parseHtml(answer.text)
		assert.match(answer.text, '<html lang="en"')
		assert.is(page.$('.e-content strong')!.text, 'bold')
		assert.match(page.$('h1.p-name, h1')!.text, 'Not yet')
		assert.is(
			(await blog.db.selectFrom('translations').select('id').where('title', '=', 'Not yet').execute()).length,
			0,
		)
		const { openData } = blog.seeded.terms
		const filed = await anna.post('/admin/posts/new/en/preview/', {
			...form,
			term: String(openData),
			newtags: 'Zebras',
		})
		assert.match(filed.text, 'Open data')
		assert.match(filed.text, 'Zebras')
		const crowded = await anna.post('/admin/posts/new/en/preview/', { ...form, newtags: 'z,'.repeat(1_000_000) })
		assert.ok(crowded.status === 200 && crowded.text.length < 100_000, 'what can’t be saved costs nothing')
		const { conference } = blog.seeded.posts
		const changed = { ...(await formOf(`/admin/posts/${conference}/ru/`)), text: '> '.repeat(10_000) }
		const start = effort()
		assert.is((await anna.post(`/admin/posts/${conference}/ru/preview/`, changed)).status, 200)
		assert.ok(effort() - start < BOUND)
		assert.is((await boris.post(`/admin/posts/${conference}/ru/preview/`, changed)).status, 403)
	})

	test('a button pressed over and over does what it says once, and is no error', async () => {
		const id = await write({ title: 'Удаляют дважды', text: 'Текст', status: 'draft' })
		const path = `/admin/posts/${id}/ru/`
		const form = { ...(await formOf(path)), text: 'Другой' }
		await anna.post(`${path}trash/`)
		const presses = ['delete/', 'delete/', 'trash/', 'restore/', 'delete/'].map((deed) => anna.post(path + deed))
		const answers = await Promise.all([...presses, anna.post(path, form), anna.post(path, form)])
		assert.ok(
			answers.every(({ status }) => status < 500),
			answers.map(({ status }) => status).join(' '),
		)
	})

	test('what lies in the trash is no source of a translation', async () => {
		const id = await write({ title: 'Выброшено', text: 'Текст', status: 'published' })
		await anna.post(`/admin/posts/${id}/ru/trash/`)
		const path = `/admin/posts/${id}/en/`
		await anna.post(path, { ...(await formOf(path)), title: 'Anew', text: 'Text' })
		const texts = await blog.db.selectFrom('translations').selectAll().where('post_id', '=', id).execute()
		assert.equal(
			texts.filter(({ locale }) => locale === 'en').map(({ source_locale }) => source_locale),
			[null],
		)
	})

	test('the trash is taken back at once, as it was', async () => {
		const id = await write({ title: 'Туда и обратно', text: 'Текст', status: 'published' })
		const path = `/admin/posts/${id}/ru/`
		const { headers } = await anna.post(`${path}trash/`)
		assert.is((await blog.get('/ru/2025/03/tuda-i-obratno/')).status, 404)
		const page = await anna.html(headers.location!)
		const undo = page.$('.deed form')!
		await anna.post(undo.attributes.action!, filled(page, '.deed form'))
		assert.is((await blog.get('/ru/2025/03/tuda-i-obratno/')).status, 200)
	})

	test('terms are named in every language at once, and a name that was lacking is added', async () => {
		const id = await write({ title: 'С терминами', text: 'Текст', status: 'published' })
		await edit(id, {
			newcategories: 'Путешествия',
			'newcategories-en': 'Travel',
			newtags: 'Горы, Книги',
			'newtags-en': 'Mountains, Books',
		})
		assert.is((await blog.get('/ru/category/puteshestviya/')).status, 200)
		const names = await blog.db
			.selectFrom('term_names')
			.select(['term_id', 'locale', 'name'])
			.where('name', 'in', ['Путешествия', 'Travel', 'Горы', 'Mountains', 'Книги', 'Books'])
			.execute()
		const idOf = (name: string) => names.find((row) => row.name === name)?.term_id
		assert.equal([idOf('Travel'), idOf('Mountains')], [idOf('Путешествия'), idOf('Горы')])
		assert.equal([idOf('Книги'), idOf('Books')], [blog.seeded.terms.books, blog.seeded.terms.books])
		const his = await write({ title: 'Без рубрик', text: 'Текст', newcategories: 'Чужая' }, boris)
		assert.not.ok(names.some(({ name }) => name === 'Чужая'))
		assert.not.ok((await boris.html(`/admin/posts/${his}/ru/`)).$('#newcategories'))
	})

	test('the slug follows the title until readers know the address', async () => {
		const id = await write({ title: 'Рабочее название', text: 'Текст' })
		assert.is((await anna.html(`/admin/posts/${id}/ru/`)).$('#slug')!.attributes.value, '')
		await edit(id, { title: 'Настоящее название' })
		assert.is((await stored(id)).slug, 'nastoyaschee-nazvanie')
		assert.equal(
			await blog.db.selectFrom('old_slugs').selectAll().where('slug', '=', 'rabochee-nazvanie').execute(),
			[],
		)
		await edit(id, { status: 'published' })
		await edit(id, { title: 'Другое название' })
		assert.is((await stored(id)).slug, 'nastoyaschee-nazvanie')
		assert.is((await anna.html(`/admin/posts/${id}/ru/`)).$('#slug')!.attributes.value, 'nastoyaschee-nazvanie')
		const suggest = await anna.get(`/admin/posts/slug/?lang=ru&title=${encodeURIComponent('Настоящее название')}`)
		assert.equal(JSON.parse(suggest.text), { slug: 'nastoyaschee-nazvanie-2' })
		const own = await anna.get(
			`/admin/posts/slug/?lang=ru&post=${id}&title=${encodeURIComponent('Настоящее название')}`,
		)
		assert.equal(JSON.parse(own.text), { slug: 'nastoyaschee-nazvanie' })
		const long = await anna.get(`/admin/posts/slug/?lang=zz&title=${'%F0%9F%8E%89'.repeat(100)}`)
		assert.is(long.status, 200)
	})

	test('a cover is chosen among pictures, and mentions are opened and closed', async () => {
		const picture = { path: '2025/03/snow.png', name: 'snow.png', mime: 'image/png', bytes: 1, width: 640, height: 480 }
		const { id: cover } = await blog.db
			.insertInto('media')
			.values({ ...picture, created_at: NOW } as never)
			.returning('id')
			.executeTakeFirstOrThrow()
		const id = await write({ title: 'С обложкой', text: 'Текст', status: 'published' })
		const path = `/admin/posts/${id}/ru/`
		const { pings, ...form } = await formOf(path)
		assert.equal(pings, ['1'])
		assert.is((await anna.post(path, { ...form, cover: String(cover) })).status, 303)
		const post = await blog.db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
		assert.equal([post.cover_id, post.pings_open], [cover, 0])
		// Authors choose among their own pictures.
		assert.not.ok((await boris.html('/admin/posts/new/ru/')).$('.cover img'))
		assert.match((await blog.html('/ru/2025/03/s-oblozhkoy/')).$('.h-entry img')!.attributes.src!, 'snow')
		assert.is((await anna.post(path, { ...(await formOf(path)), cover: '999999' })).status, 422)
		await edit(id, { cover: '' })
		const after = await blog.db.selectFrom('posts').select('cover_id').where('id', '=', id).executeTakeFirstOrThrow()
		assert.is(after.cover_id, null)
	})

	test('what was done is noted in the log of changes', async () => {
		const id = await write({ title: 'Под запись', text: 'Текст' })
		await edit(id, { status: 'published' })
		await anna.post(`/admin/posts/${id}/ru/trash/`)
		await anna.post(`/admin/posts/${id}/ru/restore/`)
		await anna.post(`/admin/posts/${id}/ru/trash/`)
		await anna.post(`/admin/posts/${id}/ru/delete/`)
		const rows = await blog.db.selectFrom('audit').selectAll().where('subject', '=', `posts/${id}/ru/`).execute()
		assert.equal(
			rows.map(({ action }) => action),
			['post-created', 'post-published', 'post-trashed', 'post-restored', 'post-trashed', 'post-deleted'],
		)
		assert.ok(rows.every(({ name, author_id }) => name === 'Под запись' && author_id === blog.seeded.authors.anna))
	})

	test('languages stand beside each other to be read', async () => {
		const page = await anna.html(`/admin/posts/${blog.seeded.posts.conference}/ru/`)
		const sheet = page.$('.sibling .sheet')!
		assert.is(sheet.attributes.lang, 'en')
		assert.match(sheet.text, 'Yesterday Moscow hosted')
		assert.not.ok((await anna.html('/admin/posts/new/ru/')).$('.sibling'))
	})

	test.run()
}
