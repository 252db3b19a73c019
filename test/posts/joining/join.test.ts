import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createComment } from '../../../src/comments/create.ts'
import { readInput } from '../../../src/comments/form.ts'
import { DEFAULT_POLICY } from '../../../src/comments/policy.ts'
import { findParent } from '../../../src/comments/queries.ts'
import { databaseKind } from '../../../src/db/dialect.ts'
import type { Db } from '../../../src/db/schema.ts'
import { StaleRevision, writeTranslation } from '../../../src/posts/edit.ts'
import type { Draft } from '../../../src/posts/save.ts'
import { writeSetting } from '../../../src/settings/queries.ts'
import { type Desk, type DeskBlog, filled, openDesk, parseHtml, startDesks } from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { at, NOW } from '../../support/fixtures.ts'
import { conversation, join, say, split, text, write } from './room.ts'

type Row = Record<string, unknown>

/** Every column that names a post, by the schema itself: `comments.post_id`. */
async function columnsOfPosts(db: Db): Promise<string[]> {
	const tables = await db.introspection.getTables()
	const named = tables.flatMap(({ name, columns }) =>
		columns.filter((column) => column.name === 'post_id').map((column) => `${name}.${column.name}`),
	)
	const keys = databaseKind(db) === 'postgres' ? await keysOnPostgres(db) : await keysOnSqlite(db, tables)
	return [...new Set([...named, ...keys])].sort()
}

async function keysOnPostgres(db: Db): Promise<string[]> {
	const query = {
		sql: `select c.conrelid::regclass::text as name, a.attname as column from pg_constraint c
			join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
			where c.contype = 'f' and c.confrelid = 'posts'::regclass`,
	}
	const { rows } = await db.executeQuery({ ...query, parameters: [], query: {} as never, queryId: {} as never })
	return (rows as { name: string; column: string }[]).map(({ name, column }) => `${name}.${column}`)
}

async function keysOnSqlite(db: Db, tables: { name: string }[]): Promise<string[]> {
	const found = await Promise.all(
		tables.map(async ({ name }) => {
			const sql = `select "from" as "column", "table" from pragma_foreign_key_list('${name}')`
			const { rows } = await db.executeQuery({ sql, parameters: [], query: {} as never, queryId: {} as never })
			return (rows as { column: string; table: string }[]).flatMap((key) =>
				key.table === 'posts' ? `${name}.${key.column}` : [],
			)
		}),
	)
	return found.flat()
}

for (const database of databases) {
	const test = suite(`joining and splitting on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after(() => blog.close())

	let made = 0
	/** A Russian and an English post of Anna's. */
	const pair = async () => {
		const n = ++made
		const fields = { authorId: blog.seeded.authors.anna }
		const ru = await write(blog.db, text('ru', '2010-11-26', `Итоги ${n}`, `itogi-${n}`), fields)
		const en = await write(blog.db, text('en', '2010-11-26', `Results ${n}`, `results-${n}`), fields)
		return { n, ru, en, paths: { ru: `/ru/2010/11/itogi-${n}/`, en: `/en/2010/11/results-${n}/` } }
	}
	const count = async (column: string, id: number) => {
		const [table, name] = column.split('.') as [never, never]
		const rows = await blog.db
			.selectFrom(table)
			.selectAll()
			.where(name, '=', id as never)
			.execute()
		return rows.length
	}
	const textOf = async (post: number, locale: string) =>
		blog.db
			.selectFrom('translations')
			.selectAll()
			.where('post_id', '=', post)
			.where('locale', '=', locale)
			.executeTakeFirstOrThrow()

	test('a translation saved while its post is joined goes to the post that stays; of one deleted it is refused', async () => {
		const { ru, en, n } = await pair()
		await join(anna, ru, en)
		const saving = { db: blog.db, timezone: 'Europe/Moscow', now: NOW, authorId: blog.seeded.authors.anna }
		const refused = (post: number, draft: Draft) =>
			writeTranslation(saving, post, { newTerms: [] }, draft).then(
				() => undefined,
				(error) => error,
			)
		assert.is(await refused(en, text('de', '2010-11-27', `Ergebnisse ${n}`, `ergebnisse-${n}`)), undefined)
		assert.ok(await textOf(ru, 'de'))
		assert.instance(await refused(en, text('ru', '2010-11-27', `Ещё ${n}`, `esche-${n}`)), StaleRevision)
		assert.instance(await refused(999_999, text('ru', '2010-11-27', `Ещё ${n}`, `esche-${n}`)), StaleRevision)
	})

	test('a text that was made from another one doesn’t become its source', async () => {
		const { n, ru } = await pair()
		const saving = { db: blog.db, timezone: 'Europe/Moscow', now: NOW, authorId: blog.seeded.authors.anna }
		const made = { ...text('en', '2010-11-26', `Made ${n}`, `made-${n}`), sourceLocale: 'ru' }
		await writeTranslation(saving, ru, { newTerms: [] }, made)
		const de = await write(blog.db, text('de', '2010-11-26', `Das ${n}`, `das-${n}`))
		const page = await anna.html(`/admin/posts/${ru}/join/?with=${de}`)
		await anna.post(`/admin/posts/${ru}/join/`, { ...filled(page, 'form.deciding'), original: 'en' })
		const sources = ['ru', 'en', 'de'].map(async (locale) => (await textOf(ru, locale)).source_locale)
		assert.equal(await Promise.all(sources), [null, 'ru', 'en'])
	})

	test('every column of every table that names a post is moved', async () => {
		const { db } = blog
		const { ru, en } = await pair()
		const translation = (await textOf(en, 'en')).id
		const author_id = blog.seeded.authors.anna
		const common = { post_id: en, created_at: NOW, received_at: NOW }
		const add = (table: string, row: Row) =>
			db
				.withTables<Record<string, Row>>()
				.insertInto(table)
				.values(row as never)
				.execute()
		await say(db, en, 'Отклик')
		await add('post_terms', { post_id: en, term_id: blog.seeded.terms.books })
		await add('autosaves', { author_id, place: 'join', locale: 'en', post_id: en, form: '[]', saved_at: NOW })
		await add('mentions', {
			...{ token: 'join', protocol: 'pingback', source: 'https://a.example/', source_key: 'join', target: 'x' },
			...{ post_id: common.post_id, received_at: NOW },
		})
		await add('deliveries', {
			...{ post_id: en, translation_id: translation, revision: 1, source: 'x', target: 'y', page: 'y', host: 'y' },
			...{ asked_at: NOW, next_at: NOW },
		})
		await add('joined_posts', { number: 900_000 + en, post_id: en, state: '{"locales":[]}', joined_at: NOW })
		const child = await write(db, text('ru', '2010-11-26', 'Ниже', `nizhe-${en}`), { parentId: en })
		const columns = await columnsOfPosts(db)
		assert.ok(columns.includes('comments.post_id') && columns.includes('posts.parent_id'), String(columns))
		for (const column of columns) {
			assert.ok(
				(await count(column, en)) > 0,
				`${column}: say in this test what it holds, and move it where posts join`,
			)
		}

		assert.is((await join(anna, ru, en)).status, 303)

		for (const column of columns) {
			assert.is(await count(column, en), 0, `${column} still names the post that is gone`)
			assert.ok((await count(column, ru)) > 0, `${column} doesn't name the post that stays`)
		}
		assert.is(await count('posts.id', en), 0)
		assert.is(await count('posts.parent_id', ru), 1)
		assert.is((await split(anna, ru)).status, 303)
		assert.is(await count('posts.id', en), 1)
		assert.equal(
			[
				await count('translations.post_id', en),
				await count('comments.post_id', en),
				await count('deliveries.post_id', en),
			],
			[1, 1, 1],
		)
		assert.is(
			(await db.selectFrom('posts').select('parent_id').where('id', '=', child).executeTakeFirst())?.parent_id,
			en,
		)
	})

	test('both texts are translations of each other at once, for readers, feeds and machines', async () => {
		const { ru, en, paths } = await pair()
		const before = await blog.html(paths.ru)
		assert.is(before.$('link[hreflang=en]'), undefined)
		assert.match((await blog.get('/sitemap.xml')).text, 'urlset')
		await join(anna, en, ru)
		for (const [path, other, lang] of [
			[paths.ru, paths.en, 'en'],
			[paths.en, paths.ru, 'ru'],
		]) {
			const page = await blog.html(path!)
			assert.is(page.$(`link[rel=alternate][hreflang=${lang}]`)?.attributes.href, blog.url + other)
			assert.ok(page.$$('nav.languages a').some(({ attributes }) => attributes.href === other))
		}
		const entry = (await blog.get('/sitemap.xml')).text
			.split('<url>')
			.find((one) => one.includes(`<loc>${blog.url}${paths.ru}`))
		assert.match(entry!, `hreflang="en" href="${blog.url}${paths.en}"`)
	})

	test('two conversations become one, in order, with the numbers and replies they had, and part again', async () => {
		const { db } = blog
		const { ru, en, paths } = await pair()
		const first = await say(db, ru, 'раз', { created_at: at('2010-12-01T00:00Z') })
		const second = await say(db, en, 'two', { created_at: at('2010-12-02T00:00Z'), locale: 'en' })
		const third = await say(db, ru, 'три', { created_at: at('2010-12-03T00:00Z') })
		const reply = await say(db, en, 'two, a reply', {
			parent: second,
			created_at: at('2010-12-04T00:00Z'),
			locale: 'en',
		})
		const away = await say(db, ru, 'an English one', { created_at: at('2010-12-05T00:00Z'), locale: 'en' })
		const ids = (...numbers: number[]) => numbers.map((id) => `comment-${id}`)
		const shown = async (path: string) => (await conversation(blog, path)).map((line) => line.split(' ')[0]!)

		await join(anna, ru, en)
		assert.equal(await shown(paths.en), ids(first, second, reply, third, away))
		assert.equal(await shown(paths.ru), ids(first, second, reply, third, away))
		const fresh = await say(db, ru, 'new', { locale: 'en', created_at: NOW })

		await split(anna, ru)
		assert.equal(
			await shown(paths.en),
			ids(second, reply, fresh),
			'a thread of old goes back, a new one to its language',
		)
		assert.equal(await shown(paths.ru), ids(first, third, away))
	})

	test('responses all stay or all leave, if the author says so', async () => {
		const { db } = blog
		for (const [responses, left] of [
			['stay', 0],
			['leave', 2],
		] as const) {
			const { ru, en } = await pair()
			await say(db, ru, 'раз')
			await say(db, en, 'one', { locale: 'en' })
			await join(anna, ru, en)
			await split(anna, ru, { responses })
			assert.is(await count('comments.post_id', en), left, responses)
		}
	})

	test('terms, cover, pins and open doors come together, and apart as they were', async () => {
		const { db } = blog
		const { books, events, openData } = blog.seeded.terms
		const n = ++made
		const { anna: author, boris } = blog.seeded.authors
		const ru = await write(db, text('ru', '2010-11-26', 'Т', `t-${n}`), {
			...{ authorId: author, terms: [books, events], commentsOpen: false },
		})
		const en = await write(db, text('en', '2010-11-26', 'T', `t-${n}`), {
			...{ authorId: boris, terms: [events, openData], sticky: true, pingsOpen: false },
		})
		const stateOf = async (id: number) => {
			const post = await db.selectFrom('posts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
			const terms = await db.selectFrom('post_terms').select('term_id').where('post_id', '=', id).execute()
			return { post, terms: terms.map(({ term_id }) => term_id).sort((a, b) => a - b) }
		}
		const before = [await stateOf(ru), await stateOf(en)]
		await join(anna, ru, en)
		const { post, terms } = await stateOf(ru)
		assert.equal(
			terms,
			[events, openData, books].sort((a, b) => a - b),
		)
		assert.equal([post.author_id, post.sticky, post.comments_open, post.pings_open], [author, 1, 1, 1])
		await split(anna, ru)
		assert.equal([await stateOf(ru), await stateOf(en)], before)
	})

	test('the number that is gone leads on: trackbacks, the author’s pages, a form that was open, one sent again', async () => {
		const { ru, en, paths } = await pair()
		const open = await anna.html(`/admin/posts/${en}/en/`)
		await join(anna, ru, en)
		assert.match((await blog.get(`/trackback/${en}/`)).headers.location!, /^\/(ru|en)\/2010\/11\//)
		await anna.html(`/admin/posts/${en}/en/`)
		const form = { ...filled(open, '#editor'), title: 'Набрано до соединения' }
		const stale = await anna.post(`/admin/posts/${en}/en/`, form)
		assert.is(stale.status, 409, 'the form shows terms and doors that aren’t so any more')
		assert.match(stale.text, 'Набрано до соединения')
		const again = await anna.post(`/admin/posts/${ru}/en/`, filled(parseHtml(stale.text), '#editor'))
		assert.is(again.status, 303)
		assert.match((await blog.get(paths.en)).text, 'Набрано до соединения')
	})

	test('old addresses of both posts lead to their texts before and after', async () => {
		const { db } = blog
		const { n, ru, en, paths } = await pair()
		const translation_id = (await textOf(en, 'en')).id
		await db
			.insertInto('redirects')
			.values({ path: `/?p=${90_000 + n}`, translation_id, target: null })
			.execute()
		await db
			.insertInto('old_slugs')
			.values({ kind: 'post', locale: 'en', slug: `old-${n}`, translation_id })
			.execute()
		const check = async (when: string) => {
			assert.is((await blog.get(`/?p=${90_000 + n}`)).headers.location, paths.en, when)
			assert.is((await blog.get(`/en/2010/11/old-${n}/`)).headers.location, paths.en, when)
			const feed = await blog.get(`${paths.en}feed/`)
			assert.is(feed.status, 200, when)
		}
		await check('before')
		await join(anna, ru, en)
		await check('joined')
		await split(anna, ru)
		await check('split')
	})

	test('one page that mentions both posts keeps both notices, and each gets its own back', async () => {
		const { db } = blog
		const { ru, en } = await pair()
		const token = (post: number) => `twice-${post}`.padEnd(32, '_')
		for (const post of [ru, en]) {
			const comment_id = await say(db, post, 'mentioned', { kind: 'pingback', url: 'https://far.example/' })
			const row = { token: token(post), protocol: 'pingback', source: 'https://far.example/' } as const
			await db
				.insertInto('mentions')
				.values({
					...row,
					source_key: `twice-${ru}`,
					target: 'x',
					post_id: post,
					comment_id,
					received_at: NOW,
					waiting: 0,
				})
				.execute()
		}
		const listed = (post: number) =>
			db.selectFrom('mentions').select(['token', 'source_key']).where('post_id', '=', post).orderBy('id').execute()
		await join(anna, ru, en)
		assert.is((await listed(ru)).length, 2)
		assert.is((await blog.get(`/webmention/${token(en)}`)).status, 200)
		await split(anna, ru)
		assert.equal(await listed(en), [{ token: token(en), source_key: `twice-${ru}` }])
	})

	test('a page keeps its place in the navigation of its language', async () => {
		const { db } = blog
		const n = ++made
		const ru = await write(db, text('ru', '2010-11-26', 'Стр', `str-${n}`), { kind: 'page' })
		const en = await write(db, text('en', '2010-11-26', 'Page', `page-${n}`), { kind: 'page' })
		await db.transaction().execute(async (trx) => {
			await writeSetting(trx, 'menu', 'ru', [{ post: ru }])
			await writeSetting(trx, 'menu', 'en', [{ post: en }, { href: '/x', text: 'X' }])
		})
		const menu = async (lang: string) => (await blog.html(`/${lang}/`)).$$('nav.menu a').map(({ text }) => text)
		const before = await menu('en')
		assert.ok(before.includes('Page'))
		await join(anna, ru, en)
		assert.equal(await menu('en'), before)
		await split(anna, ru)
		assert.equal(await menu('en'), before)
		assert.equal(await menu('ru'), ['Стр'])
	})

	test('what can’t be joined is refused with the reason, and nothing is changed', async () => {
		const { db } = blog
		const { ru, en } = await pair()
		const { ru: other, en: thrown } = await pair()
		const page = await write(db, text('en', '2010-11-26', 'P', `p-${ru}`), { kind: 'page' })
		await db.updateTable('translations').set({ status: 'trash' }).where('post_id', '=', thrown).execute()
		const refused = async (id: number, status: number, reason: string) => {
			for (const answer of [
				await anna.get(`/admin/posts/${ru}/join/?with=${id}`),
				await anna.post(`/admin/posts/${ru}/join/`, { with: String(id), seen: 'x' }),
			]) {
				assert.is(answer.status, status, `${reason}: ${answer.status}`)
				assert.match(parseHtml(answer.text).$('[role=alert]')!.text, reason)
			}
			assert.is(await count('translations.post_id', ru), 1)
		}
		await refused(other, 422, 'на одном и том же языке')
		await refused(page, 422, 'со страницей')
		await refused(thrown, 422, 'в корзине')
		await refused(ru, 422, 'одна и та же')
		await refused(999_999, 404, 'Такой записи нет')
		assert.is((await anna.post(`/admin/posts/${ru}/join/`)).status, 422)
		assert.is((await anna.get(`/admin/posts/${ru}/split/`)).status, 200)
		assert.match((await anna.html(`/admin/posts/${ru}/split/`)).$('[role=alert]')!.text, 'Разделять нечего')
		assert.is(await count('translations.post_id', en), 1)
	})

	test('an author joins own posts, not those of others', async () => {
		const { boris } = blog.seeded.authors
		const desk = await openDesk(blog, 'boris@example.org')
		const { ru: foreign } = await pair()
		const n = ++made
		const ru = await write(blog.db, text('ru', '2009-01-01', 'Своя', `svoya-${n}`), { authorId: boris })
		const en = await write(blog.db, text('en', '2009-01-01', 'Own', `own-${n}`), { authorId: boris })
		const refused = await desk.post(`/admin/posts/${en}/join/`, { with: String(foreign), seen: 'x' })
		assert.is(refused.status, 403)
		assert.match(parseHtml(refused.text).$('[role=alert]')!.text, 'другому автору')
		assert.is((await desk.get(`/admin/posts/${foreign}/join/?with=${en}`)).status, 403)
		const links = (await desk.html('/admin/translations/pairs/')).$$('.pair a').map(({ attributes }) => attributes.href)
		assert.ok(links.includes(`/admin/posts/${ru}/join/?with=${en}`))
		assert.not.ok(links.some((href) => href?.includes(`/posts/${foreign}/`)))
		assert.is((await join(desk, en, ru)).status, 303)
		assert.is((await split(desk, ru)).status, 303)
	})

	test('what has changed since the page was shown is shown again before anything is done', async () => {
		const { ru, en } = await pair()
		const page = await anna.html(`/admin/posts/${ru}/join/?with=${en}`)
		const form = await anna.html(`/admin/posts/${en}/en/`)
		await anna.post(`/admin/posts/${en}/en/`, {
			...filled(form, '#editor'),
			title: 'Другое название',
			status: 'published',
		})
		const answer = await anna.post(`/admin/posts/${ru}/join/`, filled(page, 'form.deciding'))
		assert.is(answer.status, 409)
		const shown = parseHtml(answer.text)
		assert.match(shown.$('[role=alert]')!.text, 'записи изменились')
		assert.match(shown.text, 'Другое название')
		assert.is(await count('translations.post_id', ru), 1)
		assert.is((await anna.post(`/admin/posts/${ru}/join/`, filled(shown, 'form.deciding'))).status, 303)
	})

	test('a form sent twice, and two who press at once, join and split once', async () => {
		const { ru, en } = await pair()
		const page = await anna.html(`/admin/posts/${ru}/join/?with=${en}`)
		const form = filled(page, 'form.deciding')
		const send = () => anna.post(`/admin/posts/${ru}/join/`, form)
		const answers = await Promise.all([send(), send(), send()])
		assert.equal(
			answers.map(({ status, headers }) => [status, headers.location]),
			answers.map(() => [303, `/admin/translations/pairs/?done=joined&post=${ru}`]),
		)
		assert.is(await count('translations.post_id', ru), 2)
		const other = filled(await anna.html(`/admin/posts/${ru}/split/`), 'form.deciding')
		const parted = await Promise.all([1, 2, 3].map(() => anna.post(`/admin/posts/${ru}/split/`, other)))
		assert.ok(parted.some(({ status }) => status === 303))
		assert.ok(parted.every(({ status }) => status < 500))
		assert.equal([await count('translations.post_id', ru), await count('translations.post_id', en)], [1, 1])
	})

	test('a comment whose post is joined while it is written comes under the one that stays', async () => {
		const { ru, en } = await pair()
		const first = await say(blog.db, en, 'one', { locale: 'en', created_at: at('2010-12-02T00:00Z') })
		await say(blog.db, ru, 'раз', { created_at: at('2010-12-01T00:00Z') })
		const parent = await findParent(blog.db, en, first)
		await join(anna, ru, en)
		const input = {
			...readInput(new URLSearchParams({ name: 'Vera', email: 'v@example.org', text: 'Late' })),
			parent: String(first),
		}
		const stored = await createComment(blog.inside, {
			...{ postId: en, locale: 'en', input, parent, policy: DEFAULT_POLICY },
			...{ ip: '127.0.0.1', userAgent: '', referrer: '' },
		})
		assert.equal([stored!.post_id, stored!.parent_id, stored!.depth], [ru, first, 1])
		const rows = blog.db.selectFrom('comments').select('id').where('post_id', '=', ru).orderBy('place')
		assert.equal((await rows.execute()).map(({ id }) => id).slice(1), [first, stored!.id])
	})

	test('a join that breaks off in the middle has changed nothing', async () => {
		const { db } = blog
		const { ru, en } = await pair()
		await say(db, en, 'one', { locale: 'en' })
		// The number that would be remembered is taken: the last step fails.
		const taken = { number: en, post_id: blog.seeded.posts.week, state: '{"locales":[]}', joined_at: NOW }
		await db.insertInto('joined_posts').values(taken).execute()
		assert.is((await join(anna, ru, en)).status, 500)
		assert.equal([await count('translations.post_id', ru), await count('translations.post_id', en)], [1, 1])
		assert.equal([await count('comments.post_id', en), await count('posts.id', en)], [1, 1])
		await db.deleteFrom('joined_posts').where('number', '=', en).execute()
		assert.is((await join(anna, ru, en)).status, 303)
	})

	test('joins of three posts at once end in one of them, the other is told', async () => {
		const { ru, en } = await pair()
		const third = await write(blog.db, text('en', '2010-11-26', 'Third', `third-${ru}`))
		const forms = await Promise.all(
			[en, third].map(async (id) => filled(await anna.html(`/admin/posts/${ru}/join/?with=${id}`), 'form.deciding')),
		)
		const answers = await Promise.all(forms.map((form) => anna.post(`/admin/posts/${ru}/join/`, form)))
		assert.equal(answers.map(({ status }) => status).sort(), [303, 422])
		assert.is(await count('translations.post_id', ru), 2)
	})

	test('the text that was translated from is named, and forgotten when they part', async () => {
		const { ru, en } = await pair()
		await join(anna, ru, en)
		const joined = await textOf(ru, 'en')
		assert.equal([joined.source_locale, joined.source_revision], ['ru', (await textOf(ru, 'ru')).major_revision])
		await split(anna, ru)
		const parted = await textOf(en, 'en')
		assert.equal([parted.source_locale, parted.source_revision], [null, null])
	})

	test('pages above and below each other become one without standing under themselves', async () => {
		const { db } = blog
		const n = ++made
		const above = await write(db, text('ru', '2010-11-26', 'А', `a-${n}`), { kind: 'page' })
		const between = await write(db, text('ru', '2010-11-26', 'Б', `b-${n}`), { kind: 'page', parentId: above })
		const below = await write(db, text('en', '2010-11-26', 'C', `c-${n}`), { kind: 'page', parentId: between })
		await join(anna, above, below)
		const parentOf = async (id: number) =>
			(await db.selectFrom('posts').select('parent_id').where('id', '=', id).executeTakeFirstOrThrow()).parent_id
		assert.is(await parentOf(above), null)
		assert.is(await parentOf(between), above)
		await split(anna, above)
		assert.is(await parentOf(below), between)
	})

	test('each post gets its own number back, whichever is said to leave', async () => {
		const { db } = blog
		const { ru, en } = await pair()
		await say(db, ru, 'раз')
		await say(db, en, 'one', { locale: 'en' })
		await join(anna, ru, en)
		assert.is((await split(anna, ru, { leaves: 'ru' })).status, 303)
		assert.equal([await count('comments.post_id', ru), await count('comments.post_id', en)], [1, 1])
		assert.is((await textOf(ru, 'ru')).post_id, ru)
		assert.is((await textOf(en, 'en')).post_id, en)
	})

	test('a post that was never two is parted too', async () => {
		const { conference } = blog.seeded.posts
		const answer = await split(anna, conference, { leaves: 'en' })
		assert.is(answer.status, 303)
		const id = Number(/post=(\d+)$/.exec(answer.headers.location!)![1])
		assert.is.not(id, conference)
		assert.equal([await count('translations.post_id', conference), await count('translations.post_id', id)], [1, 1])
		assert.is(await count('post_terms.post_id', id), 2)
		const done = await anna.html(answer.headers.location!)
		const back = done.$$('.notice a').at(-1)!.attributes.href!
		assert.is(back, `/admin/posts/${conference}/join/?with=${id}`)
		assert.is((await join(anna, conference, id)).status, 303)
	})

	test('odd questions get an answer, and change nothing', async () => {
		const { ru, en } = await pair()
		const long = 'ё'.repeat(10_000)
		for (const path of [
			`/admin/posts/${ru}/join/?q=${encodeURIComponent(long).slice(0, 6_000)}`,
			`/admin/posts/${ru}/join/?q=%00%FF&with=x`,
			`/admin/posts/${ru}/join/?with=999999999`,
			`/admin/posts/${ru}/join/?with=99999999999999999999`,
			'/admin/translations/pairs/?page=99999999999&done=joined&post=999999999&post=x',
			'/admin/translations/pairs/?page=999999999',
		]) {
			assert.ok((await anna.get(path)).status < 500, path)
		}
		const forms: Record<string, string | string[]>[] = [
			{ with: 'x' },
			{ with: String(en), seen: long, original: long },
			{ with: [String(ru), String(en)], seen: '' },
		]
		for (const form of forms) assert.ok((await anna.post(`/admin/posts/${ru}/join/`, form)).status < 500)
		const parts: Record<string, string | string[]>[] = [
			...[{}, { leaves: 'xx' }, { leaves: 'ru', responses: long }, { leaves: ['ru', 'en'] }],
		]
		for (const form of parts) {
			const { status } = await anna.post(`/admin/posts/${blog.seeded.posts.rules}/split/`, { seen: 'x', ...form })
			assert.ok(status >= 400 && status < 500, `${status}`)
		}
		assert.is((await anna.get('/admin/posts/999999999/join/')).status, 404)
		assert.equal([await count('translations.post_id', ru), await count('translations.post_id', en)], [1, 1])
	})

	test('it is all in the log of changes', async () => {
		const rows = await blog.db.selectFrom('audit').select('action').where('action', 'like', 'post-%').execute()
		const actions = rows.map(({ action }) => action)
		assert.ok(actions.includes('post-joined') && actions.includes('post-split'))
		assert.match((await anna.html('/admin/audit/')).text, 'соединение записей')
	})

	test.run()
}
