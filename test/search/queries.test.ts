import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db, NewTranslation } from '../../src/db/schema.ts'
import { countMatchesIn, indexTranslations, searchTranslations } from '../../src/search/queries.ts'
import { type Database, databases, type TestDatabase } from '../support/databases.ts'
import { NOW, publish } from './library.ts'

for (const database of databases) {
	describeSearch(database)
}

function describeSearch(database: Database): void {
	const test = suite(`search on ${database.name}`)
	let opened: TestDatabase
	let db: Db

	test.before.each(async () => {
		opened = await database.create()
		db = opened.db
	})
	test.after.each(() => opened.drop())

	const find = async (query: string, locale = 'ru') =>
		(await searchTranslations(db, { query, locale, now: NOW, offset: 0, limit: 10 })).ids

	const finds = async (given: Partial<NewTranslation>, queries: string[]) => {
		const id = await publish(db, given)
		for (const query of queries) assert.equal(await find(query, given.locale), [id], query)
	}

	const misses = async (given: Partial<NewTranslation>, queries: string[]) => {
		await publish(db, given)
		for (const query of queries) assert.equal(await find(query, given.locale), [], query)
	}

	test('a word is found in any of its forms and in any case', () =>
		finds({ title: 'Книга' }, ['книгами', 'КНИГА', 'книга', 'Книг', 'книге']))

	test('ё and е are one letter', () =>
		finds({ title: 'Ёлка', text: 'Все еще зеленая' }, ['елка', 'ёлка', 'всё', 'ещё']))

	test('a stressed letter is the letter', () => finds({ text: 'старый за\u0301мок' }, ['замок', 'за\u0301мок']))

	test('an English word is found by its forms in an English text', () =>
		finds({ locale: 'en', title: 'A conference' }, ['conferences', 'CONFERENCE']))

	test('an English word is found by its forms in a Russian text', () =>
		finds({ text: 'Видео с прошедшей conference' }, ['conferences', 'видео conference']))

	test('a Russian word is found by its forms in an English text', () =>
		finds({ locale: 'en', text: 'What книга means' }, ['книгами']))

	test('the commonest words are words too', () => finds({ text: 'быть или не быть' }, ['или', '"не быть"']))

	test('all words must be there, in the title or in the text', async () => {
		const given = { title: 'Зимняя сказка', text: 'Про лису и зайца.' }
		await finds(given, ['зайцы лиса', 'сказка лиса'])
		assert.equal(await find('лиса медведь'), [])
	})

	test('the words of a phrase stand next to each other in its order', async () => {
		const given = { text: 'Роман «Война и мир» о войне.' }
		await finds(given, ['"война и мир"', '«война и мир» роман', '“Война и мир”'])
		for (const query of ['"мир и война"', '"война мир"', '«роман о войне»']) assert.equal(await find(query), [], query)
	})

	test('a compound is looked for as it is written', async () => {
		await finds({ text: 'Пишем на Node.js кое-что' }, ['node.js', 'кое-что', 'node'])
		assert.equal(await find('js.node'), [])
	})

	test('the last word may be a beginning', () =>
		finds({ locale: 'en', text: 'programming conferences' }, [
			'confer',
			'co',
			'conferen',
			'programm',
			'conference prog',
		]))

	test('the beginning of a Russian word may end anywhere', () =>
		finds({ text: 'путешественниками' }, ['путеше', 'путешественни', 'путешественникам', 'пу']))

	test('only the last word may be a beginning, and not in quotes', () =>
		misses({ locale: 'en', text: 'programming conferences' }, ['confe programming', '"programming confe"', 'p']))

	test('a short word that is whole is not a beginning of others', () => misses({ text: 'единица' }, ['еда']))

	test('posts with the words in the title come first, however often others have them', async () => {
		const text = 'Книга книга книга. '.repeat(50)
		const often = await publish(db, { title: 'Полка', text })
		const named = await publish(db, { title: 'О том, что такое эта книга и зачем она нам', text: 'Просто текст.' })
		const once = await publish(db, { title: 'Полка', text: `${'Совсем другое слово. '.repeat(50)} Книга.` })
		assert.equal(await find('книги'), [named, often, once])
	})

	test('the newer of equals comes first', async () => {
		const older = await publish(db, { title: 'Книга', published_at: NOW - 9000 })
		const newer = await publish(db, { title: 'Книга', published_at: NOW - 1000 })
		const oldest = await publish(db, { title: 'Книга', published_at: NOW - 99_000 })
		assert.equal(await find('книга'), [newer, older, oldest])
	})

	test('pages are found as well as posts', () => finds({ kind: 'page', title: 'О книге' }, ['книга']))

	test('what not everybody may read is not found', async () => {
		for (const status of ['draft', 'private', 'trash'] as const) await publish(db, { title: 'Книга', status })
		await publish(db, { title: 'Книга', password: 'secret' })
		await publish(db, { title: 'Книга', published_at: NOW + 1 })
		await publish(db, { title: 'Книга', published_at: null })
		assert.equal(await find('книга'), [])
		assert.is(await countMatchesIn(db, { query: 'книга', locale: 'ru', now: NOW }), 0)
	})

	test('a scheduled post is found from its minute on', async () => {
		const id = await publish(db, { title: 'Книга', published_at: NOW })
		assert.equal(await find('книга'), [id])
	})

	test('each language is searched by itself, and counted for the others', async () => {
		const russian = await publish(db, { title: 'Про Node' })
		const english = await publish(db, { locale: 'en', title: 'On Node' })
		assert.equal(await find('node', 'ru'), [russian])
		assert.equal(await find('node', 'en'), [english])
		assert.is(await countMatchesIn(db, { query: 'nodes', locale: 'en', now: NOW }), 1)
		assert.is(await countMatchesIn(db, { query: 'узел', locale: 'en', now: NOW }), 0)
	})

	test('a language without a stemmer is found by whole words and beginnings', () =>
		finds({ locale: 'uk', title: 'Книжкова полиця' }, ['книжкова', 'полиця', 'книж', 'КНИЖКОВА полиц']))

	test('a language beside Russian and English has its own stemmer', () =>
		finds({ locale: 'de', title: 'Die Bücher der Stadt' }, ['büchern bücher', 'die']))

	test('Chinese is found inside a sentence', () => finds({ locale: 'zh', text: '今天天气很好' }, ['天气', '天气很']))

	test('matches come by pages with one total', async () => {
		const ids: number[] = []
		for (let day = 1; day <= 5; day++) ids.push(await publish(db, { title: 'Книга', published_at: NOW - day }))
		const page = (offset: number) =>
			searchTranslations(db, { query: 'книга', locale: 'ru', now: NOW, offset, limit: 2 })
		assert.equal(await page(0), { ids: ids.slice(0, 2), total: 5 })
		assert.equal(await page(4), { ids: ids.slice(4), total: 5 })
		assert.equal(await page(10_000_000_000), { ids: [], total: 5 })
	})

	test('a query without a word finds nothing', async () => {
		await publish(db, { title: 'Книга', text: '!? - "" *' })
		for (const query of ['', ' ', '!', '""', '«»', '*', '"', '\0', '\u{1F600}']) {
			assert.equal(await searchTranslations(db, { query, locale: 'ru', now: NOW, offset: 0, limit: 10 }), {
				ids: [],
				total: 0,
			})
		}
	})

	test('a changed text is found by its new words alone', async () => {
		const id = await publish(db, { title: 'Книга' })
		await db.updateTable('translations').set({ title: 'Газета' }).where('id', '=', id).execute()
		await indexTranslations(db, [id])
		assert.equal(await find('книга'), [])
		assert.equal(await find('газета'), [id])
	})

	test('a change that is rolled back stays out of the index', async () => {
		const id = await publish(db, { title: 'Книга' })
		const saved = db.transaction().execute(async (trx) => {
			await trx.updateTable('translations').set({ title: 'Газета' }).where('id', '=', id).execute()
			await indexTranslations(trx, [id])
			throw new Error('no')
		})
		assert.is(await saved.catch((error: Error) => error.message), 'no')
		assert.equal(await find('книга'), [id])
	})

	test('a deleted post leaves the index with its row', async () => {
		const id = await publish(db, { title: 'Книга' })
		await db.deleteFrom('posts').execute()
		await indexTranslations(db, [id, 999])
		assert.equal(await find('книга'), [])
	})

	test('a text longer than an index can hold is found by its beginning', async () => {
		const text = Array.from({ length: 300_000 }, (_, i) => `слово${i.toString(36)}ами`).join(' ')
		const id = await publish(db, { text, title: text })
		assert.equal(await find('слово1ами'), [id])
	})

	test.run()
}
