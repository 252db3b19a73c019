import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DateTime, type Struct, type Value } from '../../src/xmlrpc/value.ts'
import { type DeskBlog, faultsOf, PASSWORD, startDesks } from '../admin/desk.ts'
import { setPolicy } from '../comments/reader.ts'
import { databases } from '../support/databases.ts'
import { ask, call } from '../xmlrpc/calls.ts'

const ME = ['anna@example.org', PASSWORD] as const

for (const database of databases) {
	const test = suite(`Posts from editors on ${database.name}`)
	let blog: DeskBlog

	test.before(async () => {
		blog = await startDesks(database)
	})
	test.after(async () => {
		const faults = faultsOf(blog)
		await blog.close()
		assert.is(faults, '[]')
	})
	const publish = async (post: Struct, id = 'ru') =>
		(await ask(blog, 'metaWeblog.newPost', id, ...ME, post, true)) as string
	const read = async (id: string) => (await ask(blog, 'metaWeblog.getPost', id, ...ME)) as any
	const edit = (id: string, post: Struct, ...flag: Value[]) =>
		ask(blog, 'metaWeblog.editPost', id, ...ME, post, ...flag)

	test('a date without a zone is in the zone of the blog, with one in its own, and that in UTC comes first', async () => {
		const cases: [Struct, string][] = [
			[{ dateCreated: new DateTime('20250310T12:00:00') }, '20250310T09:00:00'],
			[{ dateCreated: new DateTime('20250310T12:00:00Z') }, '20250310T12:00:00'],
			[{ dateCreated: new DateTime('2025-03-10T12:00:00+05:00') }, '20250310T07:00:00'],
			[{ date_created_gmt: new DateTime('20250310T12:00:00') }, '20250310T12:00:00'],
			[
				{ date_created_gmt: new DateTime('20250310T12:00:00'), dateCreated: new DateTime('20250101T00:00:00') },
				'20250310T12:00:00',
			],
			[{}, '20250315T09:00:00'],
		]
		for (const [dates, expected] of cases) {
			const post = await read(await publish({ title: 'Даты', description: 'текст', ...dates }))
			assert.is(post.date_created_gmt.text, expected, JSON.stringify(dates))
		}
		const post = await read(await publish({ description: 'текст', dateCreated: new DateTime('20250310T12:00:00') }))
		assert.is(post.dateCreated.text, '20250310T12:00:00')
		const bad = { title: 'a', dateCreated: new DateTime('99990310T12:00:00') }
		assert.is((await call(blog, 'metaWeblog.newPost', 'ru', ...ME, bad, true)).code, -32602)
	})

	test('whether a new post is open to responses is as the blog says, unless the editor says it', async () => {
		await setPolicy(blog.db, { open: false, pings: false })
		const closed = await read(await publish({ title: 'Закрыто', description: 'текст' }))
		assert.equal([closed.mt_allow_comments, closed.mt_allow_pings], [0, 0])
		const open = await read(await publish({ title: 'Открыто', description: 'текст', mt_allow_comments: 1 }))
		assert.equal([open.mt_allow_comments, open.mt_allow_pings], [1, 0])
		await setPolicy(blog.db, {})
		assert.is((await read(await publish({ description: 'Снова открыто' }))).mt_allow_comments, 1)
	})

	test('a post for later is scheduled, one that is not to be published a draft', async () => {
		const later = await publish({
			title: 'Потом',
			description: 'текст',
			dateCreated: new DateTime('20250401T12:00:00'),
		})
		assert.is((await read(later)).post_status, 'future')
		assert.is((await blog.get('/ru/2025/04/potom/')).status, 404)
		const draft = (await ask(blog, 'metaWeblog.newPost', 'ru', ...ME, { title: 'Набросок' }, false)) as string
		assert.is((await read(draft)).post_status, 'draft')
		await edit(draft, { description: 'Готово' })
		assert.is((await read(draft)).post_status, 'draft', 'a flag that is left out changes nothing')
		await ask(blog, 'mt.publishPost', draft, ...ME)
		assert.is((await blog.html('/ru/2025/03/nabrosok/')).$('.e-content')!.text.trim(), 'Готово')
		await edit(draft, {}, false)
		assert.is((await blog.get('/ru/2025/03/nabrosok/')).status, 404)
	})

	test('a post is written in the language of its blog, the default one when that is none, or the one it names', async () => {
		const localeOf = async (id: Value, post: Struct = {}) =>
			(await read((await ask(blog, 'metaWeblog.newPost', id, ...ME, { title: 'a', ...post }, true)) as string)).lang
		assert.is(await localeOf('en'), 'en')
		assert.is(await localeOf('ru'), 'ru')
		for (const id of ['1', 0, '', 'xx']) assert.is(await localeOf(id), 'ru')
		assert.is(await localeOf('ru', { lang: 'en' }), 'en')
		const wp = (await ask(blog, 'wp.newPost', 1, ...ME, { post_title: 'a', lang: 'en' })) as string
		assert.is((await read(wp)).lang, 'en')
	})

	test('text is HTML, made safe, unless its filter is Markdown; a Markdown text stays one', async () => {
		const html = await publish({ title: 'HTML', description: '<b>да</b>\n\n*нет*<script>alert(1)</script>' })
		const shown = (await blog.html('/ru/2025/03/html/')).$('.e-content')!
		assert.is(shown.$('b, strong')?.text, 'да')
		assert.equal([shown.$('em'), shown.$('script')], [undefined, undefined])
		assert.is((await read(html)).mt_convert_breaks, '1')

		const markdown = await publish({ title: 'MD', description: '**да**', mt_convert_breaks: 'markdown' })
		assert.is((await blog.html('/ru/2025/03/md/')).$('.e-content strong')?.text, 'да')
		await edit(markdown, { description: '**нет**' }, true)
		assert.is((await blog.html('/ru/2025/03/md/')).$('.e-content strong')?.text, 'нет')
	})

	test('what is sent back as it came changes nothing', async () => {
		const { conference } = blog.seeded.posts
		const row = () =>
			blog.db
				.selectFrom('translations')
				.selectAll()
				.where('post_id', '=', conference)
				.where('locale', '=', 'ru')
				.executeTakeFirstOrThrow()
		const terms = () =>
			blog.db.selectFrom('post_terms').select('term_id').where('post_id', '=', conference).orderBy('term_id').execute()
		const [before, under] = [await row(), await terms()]
		const post = await read(String(before.id))
		await edit(String(before.id), post, true)
		const { post_id, ...wp } = (await ask(blog, 'wp.getPost', 'ru', ...ME, String(before.id))) as any
		await ask(blog, 'wp.editPost', 'ru', ...ME, post_id, {
			...wp,
			terms: { category: [String(blog.seeded.terms.conferences)], post_tag: [String(blog.seeded.terms.openData)] },
		})
		const { revision, modified_at, ...after } = await row()
		const { revision: seen, modified_at: earlier, ...expected } = before
		assert.equal(after, expected)
		assert.ok(revision > seen && modified_at >= earlier)
		assert.equal(await terms(), under)
	})

	test('categories and tags are those of the language; terms that it has no name for stay', async () => {
		const id = await publish({
			title: 'Рубрики',
			description: 'a',
			categories: ['Заметки'],
			mt_keywords: 'Книги,новая',
		})
		const { post_id } = await blog.db
			.selectFrom('translations')
			.select('post_id')
			.where('id', '=', Number(id))
			.executeTakeFirstOrThrow()
		const english = await blog.db
			.selectFrom('term_names')
			.select('term_id')
			.where('locale', '=', 'en')
			.where('name', '=', 'Events')
			.executeTakeFirstOrThrow()
		await blog.db.deleteFrom('term_names').where('term_id', '=', english.term_id).where('locale', '=', 'ru').execute()
		await blog.db.insertInto('post_terms').values({ post_id, term_id: english.term_id }).execute()
		await edit(id, { categories: ['Конференции'] }, true)
		const post = await read(id)
		assert.equal([post.categories, post.mt_keywords], [['Конференции'], 'Книги, новая'])
		const under = await blog.db.selectFrom('post_terms').select('term_id').where('post_id', '=', post_id).execute()
		assert.ok(under.some(({ term_id }) => term_id === english.term_id))

		const list = (await ask(blog, 'mt.getCategoryList', 'ru', ...ME)) as any[]
		const notes = list.find(({ categoryName }) => categoryName === 'Заметки')
		assert.is(await ask(blog, 'mt.setPostCategories', id, ...ME, [{ categoryId: notes.categoryId }]), true)
		assert.equal(await ask(blog, 'mt.getPostCategories', id, ...ME), [
			Object.assign(Object.create(null), { categoryId: notes.categoryId, categoryName: 'Заметки', isPrimary: true }),
		])
	})

	test('what Movable Type and Blogger ask is answered', async () => {
		const filters = (await ask(blog, 'mt.supportedTextFilters')) as any[]
		assert.equal(
			filters.map(({ key }) => key),
			['1', 'markdown'],
		)
		assert.ok(((await ask(blog, 'mt.supportedMethods')) as string[]).includes('mt.publishPost'))
		const [first] = (await ask(blog, 'mt.getRecentPostTitles', 'en', ...ME, 1)) as any[]
		assert.is(first.title, 'April the first')
		const info = (await ask(blog, 'blogger.getUserInfo', '', ...ME)) as any
		assert.is(info.email, 'anna@example.org')
		const id = (await ask(blog, 'blogger.newPost', '', 'ru', ...ME, '<title>Блог</title>Текст', true)) as string
		assert.is((await blog.html('/ru/2025/03/blog/')).$('article h1')?.text, 'Блог')
		await ask(blog, 'blogger.editPost', '', id, ...ME, '<title>Блог 2</title>Текст', true)
		assert.is(((await ask(blog, 'blogger.getPost', '', id, ...ME)) as any).content, '<title>Блог 2</title>Текст')
		assert.is(((await ask(blog, 'blogger.getRecentPosts', '', 'ru', ...ME, 2)) as any[]).length, 2)
	})

	test("what WordPress's programs ask is answered", async () => {
		const options = (await ask(blog, 'wp.getOptions', 'en', ...ME, ['blog_title', 'time_zone'])) as any
		assert.equal([options.blog_title.value, options.time_zone.value], ["Anna's blog", 'Europe/Moscow'])
		const profile = (await ask(blog, 'wp.getProfile', 'en', ...ME)) as any
		assert.equal([profile.display_name, profile.roles], ['Anna Yolkina', ['owner']])
		const names = async (method: string, key: string, ...rest: Value[]) =>
			((await ask(blog, method, 'en', ...ME, ...rest)) as any[]).map((one) => one[key])
		assert.equal(await names('wp.getAuthors', 'display_name'), ['Anna Yolkina', 'Boris Shchukin'])
		assert.ok((await names('wp.getTags', 'name')).includes('Open data'))
		assert.ok((await names('wp.getCategories', 'categoryName')).includes('Conferences'))
		assert.ok((await names('wp.getTerms', 'name', 'category')).includes('Conferences'))
		assert.equal((await names('wp.getPageList', 'page_title')).sort(), ['About', 'Contacts'])
		const term = (await ask(blog, 'wp.newTerm', 'en', ...ME, { name: 'Travel', taxonomy: 'category' })) as string
		assert.is(await ask(blog, 'wp.newCategory', 'en', ...ME, { name: 'Travel' }), Number(term))
		const drafts = await names('wp.getPosts', 'post_title', { post_status: 'draft', number: 5 }, ['post_title'])
		assert.ok(drafts.includes('Plans for spring'))
		assert.equal(await names('wp.getPosts', 'post_title', { post_type: 'page', number: 1, offset: 1 }), ['About'])
	})

	test('a post that was changed since it was read is not overwritten, if the program says when that was', async () => {
		const id = await publish({ title: 'Двое', description: 'текст' })
		const post = (since: string) => ({ post_title: 'Я', if_not_modified_since: new DateTime(since) })
		assert.is((await call(blog, 'wp.editPost', 'ru', ...ME, id, post('20250315T08:59:59'))).code, 409)
		assert.is((await read(id)).title, 'Двое')
		assert.is((await call(blog, 'wp.editPost', 'ru', ...ME, id, post('20250315T09:00:00'))).code, undefined)
	})

	test('what cannot be taken is refused in words, and nothing is stored', async () => {
		const count = async () => (await blog.db.selectFrom('posts').select('id').execute()).length
		const before = await count()
		const codeOf = async (post: Struct) => (await call(blog, 'metaWeblog.newPost', 'ru', ...ME, post, true)).code
		assert.is(await codeOf({}), 400)
		assert.is(await codeOf({ title: 'a'.repeat(10_000) }), 400)
		assert.is(await codeOf({ title: 'a', mt_keywords: 'б'.repeat(100) }), 400)
		assert.is(await codeOf({ title: 'a', wp_post_thumbnail: '999' }), 400)
		const started = performance.now()
		assert.is(await codeOf({ title: '&amp;'.repeat(5000) }), 400)
		assert.is(await codeOf({ description: '<!--more'.repeat(5000), title: '<title>' }), undefined)
		await ask(blog, 'metaWeblog.getRecentPosts', 'ru', ...ME, 100)
		assert.ok(performance.now() - started < 2000)
		assert.is(await codeOf({ title: ['a'] }), -32602)
		assert.is(await codeOf({ title: 'a', categories: [1] }), -32602)
		assert.is(await codeOf({ title: 'a', categories: { a: 'b' } }), -32602)
		assert.is((await call(blog, 'metaWeblog.newPost', 'ru', ...ME)).code, -32602)
		assert.is((await call(blog, 'metaWeblog.newPost', 'ru', ...ME, 'text', true)).code, -32602)
		assert.is((await call(blog, 'metaWeblog.newPost', 'ru', ...ME, {}, 'yes')).code, -32602)
		for (const id of ['0', 'x', '99999999', ''])
			assert.is((await call(blog, 'metaWeblog.getPost', id, ...ME)).code, 404)
		assert.is((await call(blog, 'wp.getTerms', 'ru', ...ME, 'nav_menu')).code, -32602)
		assert.is(await count(), before + 1)
	})

	test.run()
}
