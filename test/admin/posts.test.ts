import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deletePost } from '../../src/posts/edit.ts'
import { databases } from '../support/databases.ts'
import { type Desk, type DeskBlog, filled, openDesk, parseHtml, startDesks } from './desk.ts'

for (const database of databases) {
	const test = suite(`writing on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	/** Writes a post and gives its number. */
	const write = async (form: Record<string, string>, lang = 'ru') => {
		const { status, headers } = await anna.post(`/admin/posts/new/${lang}/`, form)
		assert.is(status, 303)
		return Number(/^\/admin\/posts\/(\d+)\//.exec(headers.location!)![1])
	}
	const edit = async (id: number, lang: string, changes: Record<string, string | string[]>) => {
		const page = await anna.html(`/admin/posts/${id}/${lang}/`)
		return anna.post(`/admin/posts/${id}/${lang}/`, { ...filled(page, '#editor'), ...changes })
	}
	const status = async (path: string) => (await blog.get(path)).status

	test('a new post opens in the author’s language, and is a draft until it is published', async () => {
		assert.is((await anna.get('/admin/posts/new/')).headers.location, '/admin/posts/new/ru/')
		const id = await write({ title: 'Первый снег', text: 'Он **выпал**.' })
		const page = await anna.html(`/admin/posts/${id}/ru/?done=saved`)
		assert.ok(page.$('[role=status]'))
		assert.is(page.$('input[name=status][checked]')!.attributes.value, 'draft')
		assert.is(await status('/ru/2025/03/perviy-sneg/'), 404)
		assert.is((await edit(id, 'ru', { status: 'published' })).status, 303)
		const readers = await blog.html('/ru/2025/03/perviy-sneg/')
		assert.match(readers.$('.e-content')!.text, /Он\sвыпал/)
		assert.match((await blog.html('/ru/')).text, 'Первый снег')
		assert.not.match((await blog.html('/en/')).text, 'Первый снег')
	})

	test('a translation is written beside, in its own time and under its own address', async () => {
		const id = await write({ title: 'Река встала', text: 'Лёд.', status: 'published' })
		const page = await anna.html(`/admin/posts/${id}/en/`)
		assert.equal(
			page.$$('.siblings li').map(({ attributes }) => attributes.class),
			['published', 'missing'],
		)
		await edit(id, 'en', { title: 'The river froze', text: 'Ice.' })
		assert.is(await status('/en/2025/03/the-river-froze/'), 404)
		assert.not.ok((await blog.html('/ru/2025/03/reka-vstala/')).$('link[hreflang=en]'))
		await edit(id, 'en', { status: 'published' })
		const readers = await blog.html('/en/2025/03/the-river-froze/')
		assert.ok(readers.$('link[hreflang=ru]'))
	})

	test('what is scheduled shows only when its time has come, on the clock of the blog', async () => {
		const id = await write({ title: 'Завтра', text: 'Скоро.', status: 'published', published: '2025-03-16T00:30' })
		assert.is(await status('/ru/2025/03/zavtra/'), 404)
		const [row] = await blog.db.selectFrom('translations').select('published_at').where('post_id', '=', id).execute()
		assert.is(new Date(row!.published_at!).toISOString(), '2025-03-15T21:30:00.000Z')
		const page = await anna.html('/admin/posts/')
		assert.match(page.$('.cells .scheduled')!.text, 'запланировано')
		await edit(id, 'ru', { published: '2025-02-01T10:00' })
		assert.is(await status('/ru/2025/02/zavtra/'), 200)
	})

	test('a new slug leads the old address on', async () => {
		const id = await write({ title: 'Старое имя', text: '…', status: 'published' })
		await edit(id, 'ru', { slug: 'novoe-imya' })
		const { status, headers } = await blog.get('/ru/2025/03/staroe-imya/')
		assert.equal([status, headers.location], [301, '/ru/2025/03/novoe-imya/'])
	})

	test('saving a form as it is changes nothing that readers see', async () => {
		const id = blog.seeded.posts.conference
		const before = await blog.db
			.selectFrom('translations')
			.selectAll()
			.where('post_id', '=', id)
			.orderBy('id')
			.execute()
		const terms = await blog.db
			.selectFrom('post_terms')
			.selectAll()
			.where('post_id', '=', id)
			.orderBy('term_id')
			.execute()
		// Browsers send the ends of lines as CRLF.
		await edit(id, 'ru', { text: before[0]!.source.replaceAll('\n', '\r\n') })
		const after = await blog.db.selectFrom('translations').selectAll().where('post_id', '=', id).orderBy('id').execute()
		assert.equal(after[1], before[1])
		const { revision, major_revision, modified_at } = after[0]!
		assert.equal(after[0], { ...before[0]!, revision, major_revision, modified_at })
		assert.equal(
			await blog.db.selectFrom('post_terms').selectAll().where('post_id', '=', id).orderBy('term_id').execute(),
			terms,
		)
	})

	test('a change makes its translation out of date, a small one does not, and catching up ends it', async () => {
		const id = await write({ title: 'Оригинал', text: 'Раз.', status: 'published' })
		await edit(id, 'en', { title: 'A translation', text: 'One.', status: 'published' })
		const behind = async () => (await anna.html(`/admin/posts/${id}/en/`)).$('input[name=uptodate]') !== undefined
		await edit(id, 'ru', { text: 'Раз!', small: '1' })
		assert.is(await behind(), false)
		await edit(id, 'ru', { text: 'Раз, два.' })
		assert.is(await behind(), true)
		await edit(id, 'en', { text: 'One, two.', uptodate: '1' })
		assert.is(await behind(), false)
	})

	test('terms, pinning and comments are settled for all languages; new tags are made once', async () => {
		const { conferences, openData } = blog.seeded.terms
		const id = await write({ title: 'С метками', text: 'Текст', status: 'published' })
		await edit(id, 'ru', { term: [String(conferences), String(openData)], newtags: 'Зима, книги; Зима', sticky: '1' })
		const page = await anna.html(`/admin/posts/${id}/ru/`)
		const checked = page.$$('input[name=term][checked]').length
		assert.is(checked, 4)
		assert.ok(page.$('input[name=sticky][checked]'))
		assert.is((await blog.html('/ru/tag/zima/')).$$('article').length, 1)
		const { comments, ...closed } = filled(page, '#editor')
		assert.equal(comments, ['1'])
		await anna.post(`/admin/posts/${id}/ru/`, closed)
		const post = await blog.db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
		assert.equal([post.sticky, post.comments_open], [1, 0])
		await edit(id, 'ru', { term: [] })
		assert.is((await blog.get('/ru/tag/zima/')).status, 200)
		assert.is((await anna.html(`/admin/posts/${id}/ru/`)).$$('input[name=term][checked]').length, 0)
	})

	test('a post becomes a page, and its address leads on', async () => {
		const id = await write({ title: 'Теперь страница', text: 'Текст', status: 'published', kind: 'post' })
		await edit(id, 'ru', { kind: 'page' })
		assert.is(await status('/ru/teper-stranitsa/'), 200)
		assert.is((await blog.get('/ru/2025/03/teper-stranitsa/')).headers.location, '/ru/teper-stranitsa/')
	})

	test('trash and deletion take one language and leave the other', async () => {
		const id = await write({ title: 'Двуязычная', text: 'Да.', status: 'published' })
		await edit(id, 'en', { title: 'Bilingual', text: 'Yes.', status: 'published' })
		const other = () =>
			blog.db.selectFrom('translations').selectAll().where('post_id', '=', id).where('locale', '=', 'ru').execute()
		const before = await other()
		assert.is((await anna.post(`/admin/posts/${id}/en/delete/`)).status, 400)
		await anna.post(`/admin/posts/${id}/en/trash/`)
		assert.is(await status('/en/2025/03/bilingual/'), 404)
		await anna.post(`/admin/posts/${id}/en/restore/`)
		assert.is((await anna.html(`/admin/posts/${id}/en/`)).$('input[name=status][checked]')!.attributes.value, 'draft')
		await anna.post(`/admin/posts/${id}/en/trash/`)
		await anna.post(`/admin/posts/${id}/en/delete/`)
		assert.equal(await other(), before)
		assert.is(await status('/ru/2025/03/dvuyazychnaya/'), 200)
		assert.not.match((await blog.html('/en/search/?q=bilingual')).$('main')!.text, 'Yes.')
		await anna.post(`/admin/posts/${id}/ru/trash/`)
		await anna.post(`/admin/posts/${id}/ru/delete/`)
		assert.is((await anna.get(`/admin/posts/${id}/`)).status, 404)
		assert.is(await blog.db.selectFrom('posts').select('id').where('id', '=', id).executeTakeFirst(), undefined)
	})

	test('a post deleted whole takes its languages and its conversation with it', async () => {
		const { plans } = blog.seeded.posts
		const [url, other] = ['/ru/2025/03/plany/', '/ru/2024/07/pravila/']
		assert.equal([await status(url), await status(other)], [200, 200])
		await deletePost({ db: blog.db, timezone: 'UTC', now: 0 }, plans)
		assert.equal([await status(url), await status(other)], [404, 200])
		assert.not.match((await blog.html('/ru/')).text, 'Планы на весну')
		const left = await blog.db.selectFrom('translations').select('id').where('post_id', '=', plans).execute()
		assert.equal(left, [])
	})

	test('an edit of what someone else has changed is refused, and both texts are shown', async () => {
		const id = await write({ title: 'Спорное', text: 'Начало' })
		const form = filled(await anna.html(`/admin/posts/${id}/ru/`), '#editor')
		assert.is((await anna.post(`/admin/posts/${id}/ru/`, { ...form, text: 'Их вариант' })).status, 303)
		const refused = await anna.post(`/admin/posts/${id}/ru/`, { ...form, text: 'Мой вариант' })
		assert.is(refused.status, 409)
		const page = parseHtml(refused.text)
		assert.ok(page.$('[role=alert]'))
		assert.is(page.$('#theirs')!.text, 'Их вариант')
		assert.is(page.$('#text')!.text, 'Мой вариант')
		const again = { ...filled(page, '#editor'), text: 'Вместе' }
		assert.is((await anna.post(`/admin/posts/${id}/ru/`, again)).status, 303)
		assert.is((await anna.html(`/admin/posts/${id}/ru/`)).$('#text')!.text, 'Вместе')
	})

	test('of many edits of one revision at once one is saved', async () => {
		const id = await write({ title: 'Гонка', text: 'Старт' })
		const form = filled(await anna.html(`/admin/posts/${id}/ru/`), '#editor')
		const texts = ['а', 'б', 'в', 'г'].map((text) => anna.post(`/admin/posts/${id}/ru/`, { ...form, text }))
		assert.equal((await Promise.all(texts)).map(({ status }) => status).sort(), [303, 409, 409, 409])
		const first = ['d', 'e', 'f'].map((text) =>
			anna.post(`/admin/posts/${id}/en/`, { title: text, text, revision: '0' }),
		)
		assert.equal((await Promise.all(first)).map(({ status }) => status).sort(), [303, 409, 409])
	})

	test('what is wrong is told beside its field, with every text kept', async () => {
		const wrong: [Record<string, string>, string][] = [
			[{ title: '', text: ' \n' }, 'title'],
			[{ title: 'я'.repeat(10_000), text: 'т' }, 'title'],
			[{ title: 'т', text: 'я'.repeat(500_001) }, 'text'],
			[{ title: 'т', slug: 'feed' }, 'slug'],
			[{ title: 'т', slug: '🎉' }, 'slug'],
			[{ title: 'т', slug: '2024' }, 'slug'],
			[{ title: 'т', slug: 'a/../b' }, 'slug'],
			[{ title: 'т', slug: 'konferenciya-egov-2-0' }, 'slug'],
			[{ title: 'т', published: '0000-01-01T00:00' }, 'published'],
			[{ title: 'т', published: '99999-01-01T00:00' }, 'published'],
			[{ title: 'т', published: '2025-02-31T00:00' }, 'published'],
			[{ title: 'т', newtags: 'я'.repeat(61) }, 'newtags'],
			[{ title: 'т', newtags: Array.from({ length: 21 }, (_, n) => `метка ${n}`).join() }, 'newtags'],
			[{ title: 'т', excerpt: 'я'.repeat(10_001) }, 'excerpt'],
			[{ title: 'т', protection: 'я'.repeat(101) }, 'protection'],
		]
		for (const [form, field] of wrong) {
			const answer = await anna.post('/admin/posts/new/ru/', { text: 'Сохрани меня', ...form })
			assert.is(answer.status, 422, field)
			const page = parseHtml(answer.text)
			assert.ok(page.$(`#${field}-error`), field)
			assert.ok(page.$('[role=alert]'))
			if (!('text' in form)) assert.is(page.$('#text')!.text, 'Сохрани меня')
		}
	})

	test('odd input is stored safely', async () => {
		const script = '"><script>alert(1)</script>'
		const id = await write({
			title: `\u0000${script}\r\n`,
			text: `${script}\u0000`,
			excerpt: script,
			slug: '',
			status: 'published',
			newtags: script,
		})
		const page = await anna.html(`/admin/posts/${id}/ru/`)
		assert.is(page.$('#title')!.attributes.value, script)
		assert.ok(page.$$('script').every(({ attributes, text }) => attributes.nonce && !text.includes('alert')))
		const emoji = await write({ title: '🎉', text: '🎉', status: 'published' })
		assert.is((await anna.get(`/admin/posts/${emoji}/ru/`)).status, 200)
		const deep = await write({ title: 'Глубоко', text: '> '.repeat(10_000), status: 'published' })
		assert.is((await anna.get(`/admin/posts/${deep}/ru/`)).status, 200)
	})

	test('posts that aren’t there, languages that aren’t, and forms too large are refused', async () => {
		for (const path of [
			'/admin/posts/999999/',
			'/admin/posts/999999/ru/',
			'/admin/posts/1/fr/',
			'/admin/posts/x/ru/',
			'/admin/posts/9999999999/',
		]) {
			assert.is((await anna.get(path)).status, 404, path)
		}
		assert.is((await anna.post('/admin/posts/999999/ru/', { title: 'т' })).status, 404)
		assert.is((await anna.post(`/admin/posts/${blog.seeded.posts.night}/en/trash/`)).status, 404)
		assert.is((await anna.post('/admin/posts/new/ru/', { text: 'я'.repeat(800_000) })).status, 413)
	})

	test('the list has 20 posts a page', async () => {
		for (let number = 0; number < 21; number++) await write({ title: `Запись ${number}`, text: 'т' })
		const first = await anna.html('/admin/posts/')
		assert.is(first.$$('.rows > li').length, 20)
		const next = first.$('nav.pages a[rel=next]')!.attributes.href!
		assert.ok((await anna.html(next)).$$('.rows > li').length > 0)
		for (const page of ['0', '-1', 'x', '999999999'])
			assert.is((await anna.get(`/admin/posts/?page=${page}`)).status, 200)
	})

	test.run()
}
