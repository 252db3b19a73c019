import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countMatchesIn, searchTranslations } from '../../src/search/queries.ts'
import { readWords } from '../../src/search/words.ts'
import { databases } from '../support/databases.ts'
import { NOW, publish } from './library.ts'

const FORMS = [
	...['книга', 'книгами', 'Книг', 'война', 'войны', 'мир', 'мира', 'и', 'ёлка', 'елки', 'ещё', 'еда', 'единица'],
	...['путешественник', 'путешествие', 'замок', 'замки', '2010', 'conference', 'conferences', 'Programming', 'program'],
]

const test = suite('search, whatever is asked')

for (const database of databases) {
	test(`any query is a valid one on ${database.name}`, async () => {
		const { db, drop } = await database.create()
		await publish(db, { title: 'Книга', text: 'a b "c" AND or NOT near' })
		const sign = fc.constantFrom(
			'"',
			'«',
			'*',
			'(',
			')',
			':',
			"'",
			'\\',
			'&',
			'|',
			'!',
			'<->',
			' AND ',
			' NEAR(',
			'-',
			'\0',
			'^',
		)
		const query = fc.array(fc.oneof(sign, fc.constantFrom(...FORMS), fc.string({ unit: 'binary' }), fc.string()))
		await fc.assert(
			fc.asyncProperty(query, fc.constantFrom('ru', 'en', 'de', 'uk', 'pt-br', 'zh'), async (parts, locale) => {
				const asked = { query: parts.join(''), locale, now: NOW }
				const { ids, total } = await searchTranslations(db, { ...asked, offset: 0, limit: 10 })
				assert.is(ids.length, total)
				assert.is(await countMatchesIn(db, asked), total)
			}),
			{ numRuns: 300 },
		)
		await drop()
	})

	test(`any text can be indexed and found by any beginning of its words on ${database.name}`, async () => {
		const { db, drop } = await database.create()
		const text = fc.array(fc.oneof(fc.constantFrom(...FORMS), fc.string({ unit: 'grapheme' })), { minLength: 1 })
		await fc.assert(
			fc.asyncProperty(text, fc.nat(), fc.nat(), async (parts, at, length) => {
				const id = await publish(db, { text: parts.join(' ').replaceAll('\0', '') })
				const forms = parts.flatMap((part) => Array.from(readWords(part), ({ form }) => form))
				const word = forms[at % Math.max(1, forms.length)] ?? ''
				const query = word.slice(0, 2 + (length % Math.max(1, word.length - 1)))
				if (!/^[а-яa-z]{2,}$/.test(query)) return
				const { ids } = await searchTranslations(db, { query, locale: 'ru', now: NOW, offset: 0, limit: 1000 })
				assert.ok(ids.includes(id), query)
			}),
			{ numRuns: 100 },
		)
		await drop()
	})
}

test('both databases find the same posts', async () => {
	const opened = await Promise.all(databases.map((database) => database.create()))
	const words = (most: number) => fc.array(fc.constantFrom(...FORMS), { minLength: 1, maxLength: most })
	const part = words(3).map((phrase) => (phrase.length > 1 ? `"${phrase.join(' ')}"` : phrase[0]!))
	const beginning = fc.constantFrom(...FORMS.map((word) => word.slice(0, 4)))
	const query = fc.tuple(fc.array(part, { maxLength: 2 }), fc.oneof(part, beginning))
	await fc.assert(
		fc.asyncProperty(words(3), words(20), fc.array(query, { minLength: 5 }), async (title, text, queries) => {
			const post = { title: title.join(' '), text: `. ${text.join(' ')}` }
			for (const { db } of opened) await publish(db, post)
			for (const [parts, last] of queries) {
				const asked = { query: [...parts, last].join(' '), locale: 'ru', now: NOW, offset: 0, limit: 1000 }
				const [one, two] = await Promise.all(opened.map(({ db }) => searchTranslations(db, asked)))
				assert.equal(one!.ids.toSorted(), two!.ids.toSorted(), asked.query)
			}
		}),
		{ numRuns: 40 },
	)
	for (const { drop } of opened) await drop()
})

test.run()
