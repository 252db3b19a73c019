import { CompiledQuery } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openDatabase } from '../../../src/db/open.ts'
import { listBoard } from '../../../src/posts/translating/board-queries.ts'
import { BOARD_STATES } from '../../../src/posts/translating/cells.ts'
import { type Desk, type DeskBlog, filled, openDesk, startDesks } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { at, NOW } from '../../support/fixtures.ts'

for (const database of databases) {
	const test = suite(`the board of translations on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let boris: Desk

	test.before(async () => {
		blog = await startDesks(database, { clock: () => NOW })
		anna = await openDesk(blog, 'anna@example.org')
		boris = await openDesk(blog, 'boris@example.org')
	})
	test.after(() => blog.close())

	const write = async (title: string, langs: Record<string, string>) => {
		let post = 'new'
		for (const [lang, status] of Object.entries(langs)) {
			const form = { title: `${title} ${lang}`, text: 'Раз.\n\nДва.', status, terms: 'shown' }
			const { headers } = await anna.post(`/admin/posts/${post}/${lang}/`, form)
			post = /\d+/.exec(headers.location!)![0]
		}
		return Number(post)
	}
	const titles = async (query: string, who = anna) =>
		(await who.html(`/admin/translations/${query}`)).$$('.board h2').map(({ text }) => text.replaceAll('\u00a0', ' '))
	const cells = async (post: number, query = '') =>
		(await anna.html(`/admin/translations/${query}`))
			.$$('.board > li')
			.find((row) => row.$('h2 a')!.attributes.href!.startsWith(`/admin/posts/${post}/`))!
			.$$('.cells li')
	const rewrite = async (post: number, text: string) => {
		const form = filled(await anna.html(`/admin/posts/${post}/ru/`), '#editor')
		await anna.post(`/admin/posts/${post}/ru/`, { ...form, text, status: 'published' })
	}

	test('shows each post in each language with its state and the next thing to do', async () => {
		const [ru, en] = await cells(blog.seeded.posts.night)
		assert.equal(
			[ru, en].map((cell) => [cell!.attributes.class, cell!.$('.deed-name')!.text, cell!.$('a')!.attributes.href]),
			[
				['published', 'Открыть', `/admin/posts/${blog.seeded.posts.night}/ru/`],
				['missing', 'Перевести', `/admin/posts/${blog.seeded.posts.night}/en/translate/`],
			],
		)
	})

	test('a source that has moved on makes its translation out of date, a draft of it too, and mending ends that', async () => {
		const post = await write('Первый', { ru: 'published', en: 'published' })
		const draft = await write('Второй', { ru: 'published', en: 'draft' })
		for (const one of [post, draft]) await rewrite(one, 'Раз.\n\nТри.')
		const [, en] = await cells(post)
		assert.equal([en!.attributes.class, en!.$('.deed-name')!.text], ['outdated', 'Сверить'])
		assert.match((await cells(draft))[1]!.$('.state')!.text, 'черновик, оригинал изменился')
		assert.equal(await titles('?state=outdated'), ['Второй ru', 'Первый ru'])
		const address = `/admin/posts/${post}/en/translate/`
		const page = await anna.html(address)
		const ticks = page.$$('input[name=tick]').map(({ attributes }) => attributes.value!)
		await anna.post(address, { ...filled(page, '#editor'), tick: ticks })
		assert.equal(await titles('?state=outdated&lang=en'), ['Второй ru'])
		assert.equal(await titles('?state=outdated&lang=ru'), [])
	})

	test('is filtered by state and language', async () => {
		assert.equal(await titles('?state=missing&lang=en'), ['Ёлки, книги и ночной поезд'])
		assert.equal(await titles('?state=missing&lang=ru'), ['Open data week'])
		assert.ok((await titles('?state=draft')).includes('Планы на весну'))
		assert.equal(await titles('?state=scheduled&lang=ru'), ['Первоапрельская запись'])
		const published = await titles('?state=published&lang=en')
		assert.ok(published.includes('Конференция eGov 2.0') && !published.includes('Первоапрельская запись'))
		assert.not(published.includes('Планы на весну'))
	})

	test('finds by words of a title in any language, drafts too', async () => {
		assert.equal(await titles(`?q=${encodeURIComponent('елки')}`), ['Ёлки, книги и ночной поезд'])
		assert.equal(await titles('?q=plans'), ['Планы на весну'])
		assert.equal(await titles(`?q=egov+${encodeURIComponent('конференция')}`), ['Конференция eGov 2.0'])
		assert.equal(await titles('?q=zzz'), [])
		for (const query of ['?q=%00%22*', '?page=999999', '?page=0&state=x&lang=de', `?q=${'a'.repeat(5000)}`]) {
			assert.is((await anna.get(`/admin/translations/${query}`)).status, 200)
		}
	})

	test('tells exactly what a translation lacks', async () => {
		const post = await write('Третий', { ru: 'published' })
		const form = filled(await anna.html(`/admin/posts/${post}/ru/`), '#editor')
		const text = 'Раз.\n\nДва.\n\n![](/media/2025/03/a.png)'
		await anna.post(`/admin/posts/${post}/ru/`, {
			...form,
			text,
			excerpt: 'Вкратце',
			status: 'published',
			term: String(blog.seeded.terms.books),
		})
		const address = `/admin/posts/${post}/en/translate/`
		await anna.post(address, {
			...filled(await anna.html(address), '#editor'),
			target: ['One.', '', '![](/media/2025/03/a.png)'],
		})
		const told = (await cells(post))[1]!.$('.lack')!.text
		assert.is(told, 'Не хватает: заголовок, 1 абзац, выдержка, описание 1 картинки, название 1 рубрики или метки')
	})

	if (database.name !== 'PostgreSQL') {
		test('whatever is asked, states are read from one short index, never from the long rows of the texts', async () => {
			const { db, url, drop } = await database.create()
			const asked: CompiledQuery[] = []
			const heard = openDatabase(url, { onQuery: ({ query }) => void asked.push(query) })
			for (const state of [undefined, ...BOARD_STATES]) {
				const wanted = { state, locales: ['ru', 'en'], words: '', now: NOW }
				await listBoard(heard, wanted, { limit: 30, offset: 60 })
			}
			await heard.destroy()
			assert.is(asked.length, 2 * (BOARD_STATES.length + 1))
			for (const { sql: text, parameters } of asked) {
				const explained = CompiledQuery.raw(`explain query plan ${text}`, [...parameters])
				const { rows } = await db.executeQuery<{ detail: string }>(explained)
				const long = rows.filter(({ detail }) => /^(SEARCH|SCAN) [ts] /.test(detail) && !/COVERING INDEX/.test(detail))
				assert.equal(long, [], text)
			}
			await drop()
		})
	}

	test('shows authors their own posts', async () => {
		assert.equal((await titles('', boris)).toSorted(), ['Open data week', 'Ёлки, книги и ночной поезд'])
	})

	test('what a picture shows is asked where the text doesn’t say it, and kept for the language', async () => {
		const { id } = await blog.db
			.insertInto('media')
			.values({
				...{ path: '2025/03/b.png', name: 'b.png', mime: 'image/png', bytes: 1, width: 1, height: 1 },
				created_at: at('2025-03-01T00:00Z'),
				author_id: blog.seeded.authors.boris,
			})
			.returning('id')
			.executeTakeFirstOrThrow()
		await blog.db.insertInto('media_texts').values({ media_id: id, locale: 'ru', alt: 'Кот' }).execute()
		const made = await boris.post('/admin/posts/new/ru/', {
			title: 'К',
			text: '![](/media/2025/03/b.png)',
			status: 'published',
		})
		const address = `/admin/posts/${/\d+/.exec(made.headers.location!)![0]}/en/translate/`
		const page = await boris.html(address)
		assert.match(page.$('#pictures .original')!.text, 'Кот')
		await boris.post(address, {
			...filled(page, '#editor'),
			target: '![](/media/2025/03/b.png)',
			[`alt-${id}`]: 'A cat',
		})
		const texts = await blog.db
			.selectFrom('media_texts')
			.selectAll()
			.where('media_id', '=', id)
			.orderBy('locale')
			.execute()
		assert.equal(
			texts.map(({ alt }) => alt),
			['A cat', 'Кот'],
		)
	})

	test('a file goes out to a translator, comes back into the form, and is saved from there', async () => {
		const post = await write('Четвёртый', { ru: 'published' })
		const address = `/admin/posts/${post}/en/translate/`
		const { text, headers } = await anna.get(`${address}xliff/`)
		assert.match(headers['content-type']!, 'application/xliff+xml')
		const done = text
			.replace('Четвёртый ru</source>', '$&<target>The fourth</target>')
			.replace('Раз.</source>', '$&<target>One.</target>')
		const send = (xml: string, who = anna, to = address) => {
			const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlf"\r\n\r\n${xml}\r\n--b--\r\n`
			return blog.get(`${to}xliff/`, {
				method: 'POST',
				body,
				headers: { Cookie: who.cookie, 'Content-Type': 'multipart/form-data; boundary=b' },
			})
		}
		const taken = await send(done)
		assert.is(taken.status, 303)
		assert.is((await blog.db.selectFrom('translations').select('id').where('post_id', '=', post).execute()).length, 1)
		const page = await anna.html(taken.headers.location!)
		assert.match(page.$('.notice')!.text, 'Файл прочитан')
		assert.equal(
			page.$$('#rows textarea').map(({ raw }) => raw),
			['One.', ''],
		)
		await anna.post(address, filled(page, '#editor'))
		const saved = await blog.db
			.selectFrom('translations')
			.selectAll()
			.where('post_id', '=', post)
			.where('locale', '=', 'en')
			.executeTakeFirstOrThrow()
		assert.equal([saved.title, saved.source, saved.status], ['The fourth', 'One.', 'draft'])

		const untold = await anna.html((await send(text)).headers.location!)
		assert.equal(
			[untold.$('#title')!.attributes.value, ...untold.$$('#rows textarea').map(({ raw }) => raw)],
			['The fourth', 'One.', ''],
			'what a file doesn’t say stays',
		)

		await rewrite(post, 'Раз.\n\nДва, иначе.')
		const changed = await send(done)
		assert.is(changed.status, 422)
		assert.match(changed.text, 'Оригинал изменился после того, как файл был скачан')
		assert.match((await send('<x')).text, 'Файл не читается')
		assert.match(
			(await send(done, anna, `/admin/posts/${blog.seeded.posts.night}/en/translate/`)).text,
			'от другой записи',
		)
		assert.is((await send(done, boris)).status, 403)
		assert.is((await boris.get(`${address}xliff/`)).status, 403)
		const again = (await anna.get(`${address}xliff/`)).text
		assert.match(again, '<note category="before">Два.</note>')
		assert.match(again, '<segment id="s" state="translated"><source>Раз.</source><target>One.</target>')
	})

	test.run()
}
