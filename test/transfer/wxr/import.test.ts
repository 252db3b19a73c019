import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../../src/db/schema.ts'
import { listUnplaced } from '../../../src/doctor/queries.ts'
import { formatReport } from '../../../src/transfer/commands.ts'
import { databases, type TestDatabase } from '../../support/databases.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { comment, english, importInto, inEnglish, item, meta, NOW, term, wxr } from './support.ts'

for (const database of databases) {
	const test = suite(`import on ${database.name}`)
	let made: TestDatabase
	let db: Db

	test.before.each(async () => {
		made = await database.create()
		db = made.db
	})
	test.after.each(() => made.drop())

	const translations = () => db.selectFrom('translations').selectAll().orderBy('id').execute()
	const comments = () => db.selectFrom('comments').selectAll().orderBy('id').execute()
	const redirects = async () => {
		const rows = await db.selectFrom('redirects').selectAll().execute()
		return new Map(rows.map(({ path, translation_id, target }) => [path, target ?? translation_id]))
	}

	test('a post is stored as it was: slug, date, permalink month, guid, text', async () => {
		// In Moscow it was already June; the old blog stood in New York.
		const dates = { 'wp:post_date': '2020-05-31 22:00:00', 'wp:post_date_gmt': '2020-06-01 02:00:00' }
		const report = await importInto(
			db,
			wxr(item(5, { ...dates, title: 'Tom &amp; <em>Jerry</em>', 'wp:post_name': '%d0%b0' })),
		)
		const [post] = await translations()
		assert.is(report.exitCode, 0)
		assert.is(post!.title, 'Tom & Jerry')
		assert.is(post!.slug, 'а')
		assert.is(post!.published_at, Date.UTC(2020, 5, 1, 2))
		assert.equal([post!.year, post!.month], [2020, 5])
		assert.is(post!.guid, 'https://old.example/?p=5')
		assert.is(post!.html.trim(), '<p>Text 5.</p>')
		assert.is(post!.locale, 'ru')
	})

	test('statuses find their place, and what WordPress made for itself is named', async () => {
		const none = { 'wp:post_date_gmt': '0000-00-00 00:00:00' }
		const report = await importInto(
			db,
			wxr(
				item(1, { 'wp:status': 'draft', 'wp:post_name': '', title: 'Набросок', ...none }) +
					item(2, { 'wp:status': 'pending', ...none }) +
					item(3, { 'wp:status': 'private' }) +
					item(4, { 'wp:status': 'future', 'wp:post_date_gmt': '2099-01-01 00:00:00' }) +
					item(5, { 'wp:status': 'trash', 'wp:post_name': 'post-5__trashed' }) +
					item(6, { 'wp:status': 'auto-draft' }) +
					item(7, { 'wp:post_type': 'revision', 'wp:status': 'inherit' }) +
					item(8, { 'wp:post_type': 'product' }),
			),
		)
		const rows = await translations()
		assert.equal(
			rows.map(({ status }) => status),
			['draft', 'draft', 'private', 'published', 'trash'],
		)
		assert.equal([rows[0]!.published_at, rows[0]!.year, rows[0]!.slug], [null, null, 'nabrosok'])
		assert.ok(rows[3]!.published_at! > NOW)
		assert.is(rows[4]!.slug, 'post-5')
		assert.is(report.notTaken.length, 3)
		assert.is(report.exitCode, 0)
		assert.match(formatReport(report, english), '8 "Post 8" (line')
	})

	test('a password keeps a text protected, sticky posts stay on top, closed doors stay closed', async () => {
		const fields = {
			'wp:post_password': 'тайна',
			'wp:is_sticky': '1',
			'wp:comment_status': 'closed',
			'wp:ping_status': 'closed',
		}
		await importInto(db, wxr(item(1, fields)))
		assert.is((await translations())[0]!.password, 'тайна')
		const post = await db.selectFrom('posts').selectAll().executeTakeFirstOrThrow()
		assert.equal([post.sticky, post.comments_open, post.pings_open], [1, 0, 0])
	})

	test('threads are kept with their numbers, whatever their order in the file', async () => {
		const thread =
			comment(33, { 'wp:comment_parent': '32' }) +
			comment(31) +
			comment(32, { 'wp:comment_parent': '31', 'wp:comment_approved': '0' }) +
			comment(34, { 'wp:comment_type': 'pingback', 'wp:comment_author_url': 'https://other.example/' }) +
			comment(35, { 'wp:comment_approved': 'spam', 'wp:comment_parent': '999' }) +
			comment(36, { 'wp:comment_type': 'order_note' })
		const report = await importInto(db, wxr(item(1, {}, thread)))
		const rows = await comments()
		assert.equal(
			rows.map(({ id, parent_id, kind, status }) => [id, parent_id, kind, status]),
			[
				[31, null, 'comment', 'approved'],
				[32, 31, 'comment', 'held'],
				[33, 32, 'comment', 'approved'],
				[34, null, 'pingback', 'approved'],
				[35, null, 'comment', 'spam'],
			],
		)
		const reasons = new Map(rows.map(({ id, reasons }) => [id, reasons]))
		assert.equal(
			[31, 32].map((id) => reasons.get(id)),
			['[]', '[{"rule":"imported"}]'],
		)
		assert.is(report.notTaken.length, 1)
	})

	test('comments that answer each other in a circle are all kept', async () => {
		const circle = comment(1, { 'wp:comment_parent': '2' }) + comment(2, { 'wp:comment_parent': '1' })
		await importInto(db, wxr(item(1, {}, circle)))
		assert.is((await comments()).length, 2)
	})

	test('a number that is taken is replaced, answers follow; new ones never meet an imported one', async () => {
		await importInto(db, wxr(item(1, {}, comment(7))))
		const other = wxr(item(1, {}, comment(7) + comment(8, { 'wp:comment_parent': '7' }))).replaceAll(
			'old.example',
			'b.example',
		)
		await importInto(db, other)
		const rows = await comments()
		const second = rows.find(({ id, parent_id }) => id !== 7 && parent_id === null)!
		assert.is(rows.find(({ id }) => id === 8)!.parent_id, second.id)
		const { id: _, ...like } = rows[0]!
		const next = await db.insertInto('comments').values(like).returning('id').executeTakeFirstOrThrow()
		assert.ok(next.id > 8)
	})

	test('a second run doubles nothing and takes what is new', async () => {
		const inside = term('category', 'news', 'News') + comment(1)
		await importInto(db, wxr(item(1, {}, inside)))
		const report = await importInto(db, wxr(item(1, {}, inside + comment(2)) + item(2)))
		assert.is((await translations()).length, 2)
		assert.is((await comments()).length, 2)
		assert.is((await db.selectFrom('terms').selectAll().execute()).length, 1)
		const posts = report.counts.find(({ kind }) => kind === 'posts')!
		assert.equal([posts.found, posts.taken, posts.already], [2, 1, 1])
	})

	test('an item that comes twice in a file is taken once', async () => {
		const report = await importInto(db, wxr(item(1, {}, comment(1)) + item(1, {}, comment(1))))
		assert.is((await comments()).length, 1)
		assert.is(report.exitCode, 0)
	})

	test('a post that was deleted here does not come back', async () => {
		await importInto(db, wxr(item(1)))
		await db.deleteFrom('posts').execute()
		const report = await importInto(db, wxr(item(1)))
		assert.is((await translations()).length, 0)
		assert.match(inEnglish(report.notTaken[0]!.reason), 'deleted')
	})

	test('a trial writes nothing and reports the same', async () => {
		const content = wxr(item(1, {}, term('post_tag', 'a') + comment(1)) + item(2, { 'wp:post_type': 'product' }))
		const trial = await importInto(db, content, { dryRun: true })
		for (const table of [
			'posts',
			'translations',
			'comments',
			'terms',
			'authors',
			'imports',
			'redirects',
			'settings',
		] as const) {
			assert.equal(await db.selectFrom(table).selectAll().execute(), [], table)
		}
		const real = await importInto(db, content)
		assert.equal(trial.counts, real.counts)
	})

	test('the categories are a tree, tags are tags, terms stand only where they have posts', async () => {
		const parent =
			'<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>a</wp:category_nicename><wp:cat_name>A</wp:cat_name></wp:category>'
		const child = parent
			.replace('>1<', '>2<')
			.replace('>a<', '>b<')
			.replace('>A<', '>B<')
			.replace('<wp:cat_name>', '<wp:category_parent>a</wp:category_parent><wp:cat_name>')
		await importInto(db, wxr(item(1, {}, term('category', 'b', 'B') + term('post_tag', 'c', 'C')), parent + child))
		const terms = await db
			.selectFrom('terms')
			.innerJoin('term_names as n', 'n.term_id', 'terms.id')
			.selectAll()
			.execute()
		const [a, b, c] = ['a', 'b', 'c'].map((slug) => terms.find((one) => one.slug === slug)!)
		assert.is(b!.parent_id, a!.id)
		assert.is(c!.kind, 'tag')
		assert.ok(terms.every(({ locale }) => locale === 'ru'))
		const old = await redirects()
		assert.is(old.get('/category/a/b/'), '/ru/category/b/')
		assert.is(old.get('/?cat=2'), '/ru/category/b/')
		assert.is(old.get('/tag/c/'), '/ru/tag/c/')
	})

	test('categories that are above each other stand at the top', async () => {
		const one = (slug: string, above: string) =>
			`<wp:category><wp:category_nicename>${slug}</wp:category_nicename><wp:category_parent>${above}</wp:category_parent><wp:cat_name>${slug}</wp:cat_name></wp:category>`
		await importInto(db, wxr(item(1, {}, term('category', 'a')), one('a', 'b') + one('b', 'a')))
		const terms = await db.selectFrom('terms').selectAll().execute()
		assert.is(terms.filter(({ parent_id }) => parent_id !== null).length, 1)
	})

	test('a page keeps the page above it, though that comes later, and its old tree address', async () => {
		const page = { 'wp:post_type': 'page' }
		await importInto(
			db,
			wxr(
				item(2, { ...page, 'wp:post_parent': '1', link: 'https://old.example/about/team/', 'wp:post_name': 'team' }) +
					item(1, { ...page, link: 'https://old.example/about/', 'wp:post_name': 'about' }) +
					item(3, { ...page, 'wp:post_parent': '1', link: 'https://old.example/feed-page/', 'wp:post_name': 'feed' }),
			),
		)
		const posts = await db.selectFrom('posts').selectAll().orderBy('id').execute()
		assert.is(posts[0]!.parent_id, posts[1]!.id)
		const rows = await translations()
		assert.equal(
			rows.map(({ slug }) => slug),
			['team', 'about', 'feed-2'],
		)
		const old = await redirects()
		assert.is(old.get('/about/team/'), rows[0]!.id)
		assert.is(old.get('/?page_id=2'), rows[0]!.id)
		assert.is(old.get('/feed-page/'), rows[2]!.id)
	})

	test('every address a post had leads to it', async () => {
		await importInto(db, wxr(item(9, {}, meta('_wp_old_slug', 'older'))))
		const old = await redirects()
		const id = (await translations())[0]!.id
		for (const path of [
			'/?p=9',
			'/2020/05/07/post-9/',
			'/2020/05/post-9/',
			'/post-9/',
			'/2020/05/07/older/',
			'/older/',
		]) {
			assert.is(old.get(path), id, path)
		}
		assert.is(old.get('/2020/05/'), '/ru/2020/05/')
		assert.is(old.get('/?feed=rss2'), '/feed/')
		assert.not(old.has('/'))
		const slugs = await db.selectFrom('old_slugs').selectAll().execute()
		assert.equal(
			slugs.map(({ slug }) => slug),
			['older'],
		)
	})

	test('a blog in a folder is met at its folder and at the root', async () => {
		await importInto(db, wxr(item(1)).replaceAll('https://old.example', 'https://old.example/blog'))
		const old = await redirects()
		for (const path of ['/blog/?p=1', '/?p=1', '/blog/2020/05/07/post-1/']) assert.ok(old.has(path), path)
	})

	test('posts that Polylang joins are one post; a language that is not here is named with a hint', async () => {
		const pair = (code: string) => term('language', code) + term('post_translations', 'pll_1')
		const content = wxr(
			item(1, { title: 'Раз' }, pair('ru') + comment(1)) +
				item(2, { title: 'One', 'wp:is_sticky': '1' }, pair('en') + comment(2)) +
				item(3, {}, term('language', 'de')),
		)
		const report = await importInto(db, content)
		const rows = await translations()
		assert.equal(
			rows.map(({ locale, post_id }) => [locale, post_id]),
			[
				['ru', rows[0]!.post_id],
				['en', rows[0]!.post_id],
			],
		)
		assert.equal(
			(await comments()).map(({ locale, post_id }) => [locale, post_id === rows[0]!.post_id]),
			[
				['ru', true],
				['en', true],
			],
		)
		assert.equal(await listUnplaced(db, 10), [], 'the responses to both are one conversation')
		assert.is((await db.selectFrom('posts').select('sticky').executeTakeFirstOrThrow()).sticky, 1)
		assert.match(inEnglish(report.notTaken.find(({ kind }) => kind === 'posts')!.reason), /de.*LANGUAGES/)
		await importInto(db, content, { languages: ['ru', 'en', 'de'] })
		assert.is((await translations()).length, 3)
	})

	test('responses of two runs to one post are one conversation', async () => {
		const pair = (code: string) => term('language', code) + term('post_translations', 'pll_1')
		const [first, second] = [item(1, {}, pair('ru') + comment(1)), item(2, {}, pair('en') + comment(2))]
		await importInto(db, wxr(first))
		await importInto(db, wxr(first + second))
		assert.equal(await listUnplaced(db, 10), [])
	})

	test('addresses of listings come with the next run when one was interrupted after its posts', async () => {
		const content = wxr(item(1, {}, term('category', 'news', 'News') + term('post_tag', 'a')))
		const ofListings = async () => [...(await redirects())].filter(([, target]) => typeof target === 'string').sort()
		await importInto(db, content)
		const whole = await ofListings()
		await db.deleteFrom('redirects').where('translation_id', 'is', null).execute()
		await importInto(db, content)
		assert.equal(await ofListings(), whole)
		for (const path of ['/2020/05/07/', '/category/news/', '/tag/a/']) assert.ok((await redirects()).has(path), path)
	})

	test('terms whose slugs no address can hold get ones that it can', async () => {
		const odd = ['C#', 'TCP/IP', '..', 'feed', 'a?b']
		await importInto(db, wxr(item(1, {}, odd.map((name) => term('post_tag', '', name)).join(''))))
		const rows = await db.selectFrom('term_names').select(['name', 'slug']).orderBy('term_id').execute()
		assert.equal(
			rows.map(({ name, slug }) => [name, slug]),
			[
				['C#', 'C-'],
				['TCP/IP', 'TCP-IP'],
				['..', 'tag'],
				['feed', 'feed-2'],
				['a?b', 'a-b'],
			],
		)
	})

	test('so do posts', async () => {
		await importInto(db, wxr(item(1, {}, meta('_qts_slug_ru', 'tcp/ip?') + meta('_qts_slug_en', 'c#'))))
		assert.is((await translations())[0]!.slug, 'tcp-ip-')
	})

	test('a translation joins its sibling of an earlier run', async () => {
		const pair = (code: string) => term('language', code) + term('post_translations', 'pll_1')
		await importInto(db, wxr(item(1, {}, pair('ru'))))
		await importInto(db, wxr(item(1, {}, pair('ru')) + item(2, {}, pair('en'))))
		assert.is((await db.selectFrom('posts').selectAll().execute()).length, 1)
	})

	test('posts that WPML joins are one post', async () => {
		const in_ = (code: string) => meta('_icl_lang_code', code) + meta('trid', '12')
		await importInto(db, wxr(item(1, {}, in_('ru')) + item(2, {}, in_('en'))))
		assert.equal(
			(await translations()).map(({ locale, post_id }) => [locale, post_id]),
			[
				['ru', 1],
				['en', 1],
			],
		)
	})

	test('a text of qTranslate comes apart into translations, its terms too; its comments have each their language', async () => {
		const marked = {
			title: '[:ru]Привет[:en]Hello[:]',
			'content:encoded': '<!--:ru-->Это русский текст<!--:--><!--:en-->This is an English text<!--:-->',
		}
		const inside =
			term('category', 'trips', '[:ru]Поездки[:en]Trips[:]') +
			comment(1, { 'wp:comment_content': 'Какая прекрасная история, спасибо вам большое!' }) +
			comment(2, { 'wp:comment_content': 'What a wonderful story, thank you very much for it!' })
		await importInto(db, wxr(item(1, marked, inside)))
		const rows = await translations()
		assert.equal(
			rows.map(({ locale, title, text }) => [locale, title, text]),
			[
				['ru', 'Привет', 'Это русский текст'],
				['en', 'Hello', 'This is an English text'],
			],
		)
		const names = await db.selectFrom('term_names').select(['locale', 'name']).orderBy('locale').execute()
		assert.equal(
			names.map(({ name }) => name),
			['Trips', 'Поездки'],
		)
		assert.equal(
			(await comments()).map(({ locale }) => locale),
			['ru', 'en'],
		)
		const old = await redirects()
		assert.is(old.get('/?p=1'), rows[0]!.id)
		assert.is(old.get('/en/2020/05/07/post-1/'), rows[1]!.id)
		assert.is(old.get('/2020/05/07/post-1/?lang=en'), rows[1]!.id)
	})

	test('a language of a split text that is added later is taken by the next run', async () => {
		const content = wxr(item(1, { 'content:encoded': '[:ru]Раз[:de]Eins[:]' }))
		const report = await importInto(db, content)
		assert.is(report.notTaken.length, 1)
		await importInto(db, content, { languages: ['ru', 'en', 'de'] })
		assert.equal(
			(await translations()).map(({ locale, post_id }) => [locale, post_id]),
			[
				['ru', 1],
				['de', 1],
			],
		)
	})

	test('languages are told by the text when asked, and --lang stands for the unsure ones', async () => {
		const english = { title: 'A walk', 'content:encoded': 'We walked along the river and talked about our friends.' }
		const content = wxr(item(1, english) + item(2, { title: '12', 'content:encoded': '345' }))
		await importInto(db, content, { detect: true, lang: 'ru' })
		assert.equal(
			(await translations()).map(({ locale }) => locale),
			['en', 'ru'],
		)
	})

	test('authors keep name and address; one with the same e-mail is the same', async () => {
		const now = NOW
		await db
			.insertInto('authors')
			.values({ slug: 'me', email: 'Me@old.example', role: 'owner', created_at: now })
			.execute()
		const author = (id: number, login: string, email: string) =>
			`<wp:author><wp:author_id>${id}</wp:author_id><wp:author_login>${login}</wp:author_login><wp:author_email>${email}</wp:author_email><wp:author_display_name>Имя ${id}</wp:author_display_name></wp:author>`
		const channel = author(1, 'admin', 'me@old.example') + author(2, 'Anna Petrova', 'a@old.example')
		const mine =
			item(1, { 'dc:creator': 'admin' }) +
			item(2, { 'dc:creator': 'Anna Petrova' }) +
			item(3, { 'dc:creator': 'ghost' })
		await importInto(db, wxr(mine, channel))
		const authors = await db.selectFrom('authors').selectAll().orderBy('id').execute()
		assert.equal(
			authors.map(({ slug }) => slug),
			['me', 'anna-petrova', 'ghost'],
		)
		const posts = await db.selectFrom('posts').select('author_id').orderBy('id').execute()
		assert.equal(
			posts.map(({ author_id }) => author_id),
			authors.map(({ id }) => id),
		)
		assert.is((await redirects()).get('/author/anna-petrova/'), '/ru/author/anna-petrova/')
	})

	test('uploads are copied once, links and galleries lead to the copies, nothing outside is touched', async () => {
		const folder = temporaryFolder('uploads')
		mkdirSync(join(folder, '2020/05'), { recursive: true })
		const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
			.jpeg()
			.toBuffer()
		for (const name of ['a.jpg', 'a-20x15.jpg']) writeFileSync(join(folder, '2020/05', name), photo)
		writeFileSync(join(folder, '2020/05/page.html'), '<script>1</script>')
		writeFileSync(join(folder, '../secret.txt'), 'secret')
		symlinkSync(join(folder, '../secret.txt'), join(folder, '2020/05/link.txt'))
		const address = 'https://old.example/wp-content/uploads'
		const file = (id: number, path: string) =>
			item(id, {
				'wp:post_type': 'attachment',
				'wp:status': 'inherit',
				'wp:post_parent': '1',
				'wp:attachment_url': `${address}/${path}`,
				link: `https://old.example/photo-${id}/`,
			})
		const text = `<img src="${address}/2020/05/a-20x15.jpg"> <a href="/wp-content/uploads/2020/05/link.txt">x</a>\n\n[gallery]`
		const content = wxr(
			item(1, { 'content:encoded': text }, meta('_thumbnail_id', '2')) +
				file(2, '2020/05/a.jpg') +
				file(3, '2020/05/page.html') +
				file(4, '../secret.txt'),
		)
		const report = await importInto(db, content, { uploads: folder })
		const { source, html } = (await translations())[0]!
		assert.match(source, /<img src="\/media\/2020\/05\/a-20x15-[\da-f]{8}\.jpg">/)
		assert.match(
			source,
			/<ul class="gallery columns-3"><li class="blocks-gallery-item"><figure><a href="\/media\/2020\/05\/a-/,
		)
		assert.match(source, 'href="/wp-content/uploads/2020/05/link.txt"')
		assert.match(html, 'width="40"')
		const media = await db.selectFrom('media').selectAll().execute()
		assert.equal(
			media.map(({ mime, width, height }) => [mime, width, height]),
			[
				['image/jpeg', 40, 30],
				['image/jpeg', 40, 30],
			],
		)
		assert.ok((await db.selectFrom('posts').select('cover_id').executeTakeFirstOrThrow()).cover_id)
		assert.is(report.notTaken.filter(({ kind }) => kind === 'attachments').length, 2)
		const old = await redirects()
		assert.match(String(old.get('/wp-content/uploads/2020/05/a.jpg')), /^\/media\/2020\/05\/a-/)
		assert.match(String(old.get('/photo-2/')), /^\/media\//)
		assert.is(old.get('/photo-3/'), (await translations())[0]!.id)
		await importInto(db, content, { uploads: folder })
		assert.is((await db.selectFrom('media').selectAll().execute()).length, 2)
	})

	test('without a folder of uploads every attachment is named with its address', async () => {
		const url = 'https://old.example/wp-content/uploads/2020/05/a.jpg'
		const report = await importInto(db, wxr(item(2, { 'wp:post_type': 'attachment', 'wp:attachment_url': url })))
		assert.match(inEnglish(report.notTaken[0]!.name), url)
		assert.is(report.exitCode, 0)
	})

	test('enclosures and excerpts are kept, other shortcodes are named', async () => {
		const inside = meta('enclosure', 'https://old.example/a.mp3\n1234\naudio/mpeg\n')
		const report = await importInto(
			db,
			wxr(item(1, { 'excerpt:encoded': 'Short', 'content:encoded': '[form id="1"]' }, inside)),
		)
		assert.is((await translations())[0]!.manual_excerpt, 'Short')
		const [enclosure] = await db.selectFrom('enclosures').selectAll().execute()
		assert.equal([enclosure!.mime, enclosure!.bytes], ['audio/mpeg', 1234])
		assert.match(report.notes.map((note) => inEnglish(note)).join(), '[form]')
	})

	test('two items with one guid or one slug are both taken', async () => {
		const report = await importInto(
			db,
			wxr(item(1) + item(2, { guid: 'https://old.example/?p=1', 'wp:post_name': 'post-1' })),
		)
		const rows = await translations()
		assert.equal(
			rows.map(({ slug }) => slug),
			['post-1', 'post-1-2'],
		)
		assert.is(new Set(rows.map(({ guid }) => guid)).size, 2)
		assert.is(report.notes.length, 2)
		assert.is((await redirects()).get('/2020/05/07/post-2/'), rows[1]!.id)
	})

	test('imported posts are found, and listings know that they have changed', async () => {
		await importInto(db, wxr(item(1)))
		const { searchTranslations } = await import('../../../src/search/queries.ts')
		const found = await searchTranslations(db, { query: 'post', locale: 'ru', now: NOW, offset: 0, limit: 10 })
		assert.is(found.total, 1)
		const versions = await db.selectFrom('versions').select('scope').execute()
		assert.ok(versions.some(({ scope }) => scope === 'listing:ru'))
	})

	test('a file that was cut off gives what was whole, and exit code 1', async () => {
		const content = wxr(item(1) + item(2, { title: 'Cut' }))
		const report = await importInto(db, content.slice(0, content.indexOf('Text 2')))
		assert.is((await translations()).length, 1)
		assert.is(report.exitCode, 1)
		assert.match(formatReport(report, english), 'Cut')
	})

	test('a mended file tells its lines and ends well', async () => {
		const report = await importInto(db, wxr(item(1).replace('<![CDATA[Post 1]]>', 'A & B')))
		assert.is(report.exitCode, 0)
		assert.match(formatReport(report, english), /line \d+: raw &/)
	})

	test.run()
}
