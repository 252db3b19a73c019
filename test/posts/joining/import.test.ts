import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { presentPost } from '../../../src/posts/joining/queries.ts'
import { type Desk, type DeskBlog, openDesk, startDesks } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { comment, importInto, item, wxr } from '../../transfer/wxr/support.ts'
import { join, split } from './room.ts'

const RUSSIAN = 'В Москве прошла первая в России конференция об электронном правительстве, и вот её итоги.'
const ENGLISH =
	'The first Russian conference on electronic government has been held in Moscow. ' +
	'<a href="https://old.example/2020/05/07/itogi/">The same in Russian</a>.'

const ru = (inside = '') =>
	item(
		11,
		{
			title: 'Итоги eGov 2.0',
			link: 'https://old.example/2020/05/07/itogi/',
			'wp:post_name': 'itogi',
			'content:encoded': RUSSIAN,
		},
		inside,
	)
const en = (inside = '') =>
	item(
		12,
		{
			title: 'Results of eGov 2.0',
			link: 'https://old.example/2020/05/07/results/',
			'wp:post_name': 'results',
			'content:encoded': ENGLISH,
		},
		inside,
	)

for (const database of databases) {
	const test = suite(`the languages of an old blog on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
		await importInto(blog.db, wxr(ru(comment(701)) + en(comment(702))), { detect: true })
	})
	test.after(() => blog.close())

	const postOf = async (slug: string) =>
		(
			await blog.db
				.selectFrom('translations')
				.select('post_id')
				.where('slug', '=', slug)
				.where('locale', 'in', ['ru', 'en'])
				.executeTakeFirstOrThrow()
		).post_id
	const under = async (id: number) =>
		(await blog.db.selectFrom('comments').select('post_id').where('id', '=', id).executeTakeFirst())?.post_id

	test('are suggested with the reasons, the surest first', async () => {
		const page = await anna.html('/admin/translations/pairs/')
		const [first] = page.$$('.pairs > .pair')
		assert.match(first!.text, 'Итоги eGov 2.0')
		assert.match(first!.text, 'Results of eGov 2.0')
		assert.match(first!.$('.likelihood')!.text, 'почти наверняка')
		const reasons = first!.$$('.clues li').map(({ text }) => text)
		assert.equal(reasons, [
			'Один текст ссылается на другой: английский на русский',
			'Вышли в один день',
			'В заголовках одно и то же: egov, 2.0',
		])
	})

	test('are joined from there; old addresses, numbers and feeds lead on', async () => {
		const [russian, english] = [await postOf('itogi'), await postOf('results')]
		const link = (await anna.html('/admin/translations/pairs/')).$('.pair .button')!.attributes.href!
		assert.is(link, `/admin/posts/${russian}/join/?with=${english}`)
		const answer = await join(anna, russian, english)
		assert.is(answer.headers.location, `/admin/translations/pairs/?done=joined&post=${russian}`)
		const done = await anna.html(answer.headers.location!)
		assert.match(done.$('[role=status]')!.text, 'Записи соединены')
		assert.is(done.$$('.pair').filter(({ text }) => text.includes('eGov')).length, 0)
		for (const [old, path] of [
			['/?p=12', '/en/2020/05/results/'],
			['/2020/05/07/results/', '/en/2020/05/results/'],
			['/?p=11', '/ru/2020/05/itogi/'],
			['/2020/05/07/results/feed/', '/en/2020/05/results/feed/'],
			['/2020/05/07/results/?replytocom=702', '/en/2020/05/results/#comment-702'],
		]) {
			assert.is((await blog.get(old!)).headers.location, path, old)
		}
		assert.is(await presentPost(blog.db, english), russian)
		const feed = await blog.get('/en/2020/05/results/feed/')
		assert.match(feed.text, 'Answer 701')
		assert.match(feed.text, 'Answer 702')
		const merged = (await blog.get('/feed/')).text
		assert.not.match(merged, 'Results of eGov')
		assert.match(merged, '/ru/2020/05/itogi/')
	})

	test('a second import makes nothing anew and puts new comments where their post is', async () => {
		const count = async () => (await blog.db.selectFrom('posts').select('id').execute()).length
		const before = await count()
		const report = await importInto(blog.db, wxr(ru(comment(701)) + en(comment(702) + comment(703))), { detect: true })
		assert.is(await count(), before)
		const posts = report.counts.find(({ kind }) => kind === 'posts')!
		assert.equal([posts.taken, posts.already], [0, 2])
		assert.is(await under(703), await postOf('itogi'))
	})

	test('after they are split, an import finds each where it is', async () => {
		const russian = await postOf('itogi')
		assert.is((await split(anna, russian)).status, 303)
		const english = await postOf('results')
		assert.is.not(english, russian)
		const report = await importInto(blog.db, wxr(ru(comment(704)) + en(comment(705))), { detect: true })
		assert.is(report.counts.find(({ kind }) => kind === 'posts')!.taken, 0)
		assert.equal([await under(704), await under(705), await under(702)], [russian, english, english])
		assert.is((await blog.get('/?p=12')).headers.location, '/en/2020/05/results/')
	})

	test.run()
}
