import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { databaseKind } from '../../src/db/dialect.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { countMatchesIn, indexTranslations, searchTranslations } from '../../src/search/queries.ts'
import { startPostgres } from '../support/postgres.ts'
import { NOW, translationRow } from './library.ts'

// node test/search/measure.ts: seconds to index and milliseconds to search 10,000 posts in two languages.

const POSTS = 10_000
const WORDS = 300
const RUNS = 15

let state = 1
const random = () => {
	state = (state * 48_271) % 2_147_483_647
	return state / 2_147_483_647
}

const vocabularies = {
	ru: {
		signs: 'бвгдежзиклмнопрстуя',
		endings: ['а', 'ами', 'ов', 'у', 'ость', 'ение', 'ый', 'ать', ''],
		words: [] as string[],
	},
	en: {
		signs: 'abcdefgiklmnoprstuw',
		endings: ['s', 'ing', 'ed', 'er', 'ness', 'tion', 'ly', ''],
		words: [] as string[],
	},
}
for (const vocabulary of Object.values(vocabularies)) {
	const { signs, endings, words } = vocabulary
	const letter = () => signs[Math.floor(random() * signs.length)]
	for (let i = 0; i < 30_000; i++) {
		const length = 2 + Math.floor(random() * 6)
		words.push(Array.from({ length }, letter).join('') + endings[Math.floor(random() * endings.length)])
	}
}
type Language = keyof typeof vocabularies

/** Words as often as in a language: the second half as often as the first, and so on. */
function text(language: Language, count: number): string {
	const { words } = vocabularies[language]
	return Array.from({ length: count }, () => words[Math.floor(words.length ** random()) - 1]).join(' ')
}

async function seed(db: Db): Promise<number[]> {
	const ids: number[] = []
	for (let start = 1; start <= POSTS; start += 100) {
		const numbers = Array.from({ length: 100 }, (_, i) => start + i)
		await db.transaction().execute(async (trx) => {
			const posts = numbers.map((id) => ({ id, kind: 'post' as const, created_at: NOW }))
			await trx.insertInto('posts').values(posts).execute()
			const rows = numbers.flatMap((id) =>
				(['ru', 'en'] as const).map((locale) =>
					translationRow(id, { locale, title: text(locale, 6), text: text(locale, WORDS), published_at: NOW - id }),
				),
			)
			const saved = await trx.insertInto('translations').values(rows).returning('id').execute()
			ids.push(...saved.map(({ id }) => id))
		})
	}
	return ids
}

async function measure(url: string): Promise<void> {
	state = 1
	const db = openDatabase(url)
	await migrate(db)
	const ids = await seed(db)
	console.log(`\n${databaseKind(db)}: ${ids.length} translations of ${WORDS} words`)
	const started = performance.now()
	for (let i = 0; i < ids.length; i += 500) {
		await db.transaction().execute((trx) => indexTranslations(trx, ids.slice(i, i + 500)))
	}
	console.log(`indexed in ${((performance.now() - started) / 1000).toFixed(1)} s`)
	await one(db, ids)
	await searches(db)
	if (databaseKind(db) === 'postgres') {
		await sql`vacuum analyze`.execute(db)
		console.log('after vacuum analyze')
		await searches(db)
	}
	await db.destroy()
}

async function one(db: Db, ids: number[]): Promise<void> {
	const times: number[] = []
	for (const id of ids.slice(0, RUNS)) {
		const started = performance.now()
		await db.transaction().execute((trx) => indexTranslations(trx, [id]))
		times.push(performance.now() - started)
	}
	console.log(`one post anew: ${median(times).toFixed(1)} ms`)
}

async function searches(db: Db): Promise<void> {
	const { words } = vocabularies.ru
	const phrase = `"${words[0]} ${words[1]}"`
	const queries = {
		'the commonest word': words[0]!,
		'a common word': words[30]!,
		'a rare word': words[20_000]!,
		'two common words': `${words[10]} ${words[11]}`,
		'three words': `${words[3]} ${words[40]} ${words[200]}`,
		'a common phrase': phrase,
		'two letters of a word': words[50]!.slice(0, 2),
		'four letters of a word': words[50]!.slice(0, 4),
		'16 common words': words.slice(0, 16).join(' '),
		'a word of the other language': vocabularies.en.words[0]!,
	}
	for (const [name, query] of Object.entries(queries)) {
		const asked = { query, locale: 'ru', now: NOW }
		const { total } = await searchTranslations(db, { ...asked, offset: 0, limit: 10 })
		const find = await time(() => searchTranslations(db, { ...asked, offset: 0, limit: 10 }))
		const count = await time(() => countMatchesIn(db, asked))
		console.log(`${name}: ${total} found, ${find.toFixed(1)} ms; counted in ${count.toFixed(1)} ms`)
	}
}

async function time(run: () => Promise<unknown>): Promise<number> {
	const times: number[] = []
	for (let i = 0; i < RUNS; i++) {
		const started = performance.now()
		await run()
		times.push(performance.now() - started)
	}
	return median(times)
}

function median(times: number[]): number {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
}

const folder = mkdtempSync(join(tmpdir(), 'otklik-measure-'))
const server = await startPostgres(folder)
try {
	await measure(`sqlite:${join(folder, 'otklik.db')}`)
	console.log(`file ${Math.round(statSync(join(folder, 'otklik.db')).size / 2 ** 20)} MB`)
	await measure(`${server.url}/postgres`)
} finally {
	await server.stop()
	rmSync(folder, { recursive: true, force: true })
}
