import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import en from '../../locales/en.json' with { type: 'json' }
import { createAuthor } from '../../src/authors/queries.ts'
import { insertComment } from '../../src/comments/queries.ts'
import type { Db } from '../../src/db/schema.ts'
import { addTranslation, changeTranslation, createPost, type PostFields } from '../../src/posts/save.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { createTerm } from '../../src/terms/queries.ts'
import { startBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { at, NOW } from '../support/fixtures.ts'
import type { Answer, Question } from '../support/http.ts'
import { visibleWords } from './visible.ts'

/** Latin words that Russian readers are used to: names, and formats that have no other one. */
const NAMES = [
	// How an address begins, in the form for those who answered elsewhere.
	'https',
	'Telegram',
	'X',
	'Facebook',
	'WhatsApp',
	'LinkedIn',
	'Mastodon',
	'RSS',
	'Atom',
	'JSON',
	'Feed',
	'mastodon.social',
]
/** Languages go by their own names, wherever they stand. */
const LANGUAGES = ['Русский', 'English']
const SECTIONS = Object.keys(en).join('|')

const TEXTS = {
	ru: {
		...{ blog: 'Наш блог', author: 'Анна', term: 'Книги', title: 'Запись', text: 'Просто слова.', name: 'Вера' },
		query: 'слова',
	},
	en: {
		...{ blog: 'Our blog', author: 'Anna', term: 'Books', title: 'A post', text: 'Only words.', name: 'Vera' },
		query: 'words',
	},
}

/** A blog whose parts in each language have no word of the other. */
async function seedPure(db: Db): Promise<void> {
	for (const locale of ['ru', 'en'] as const) await seedLanguage(db, locale)
	await seedTranslated(db)
}

async function seedLanguage(db: Db, locale: 'ru' | 'en'): Promise<void> {
	const { blog, author, term, title, text } = TEXTS[locale]
	await writeSetting(db as never, 'title', locale, blog)
	await writeSetting(db as never, 'tagline', locale, text)
	const names = [{ locale, name: author, bio: text }]
	const authorId = await createAuthor(db, { slug: `author-${locale}`, names, now: NOW })
	const termNames = [{ locale, name: term, slug: 'books', description: text }]
	const category = await createTerm(db, { kind: 'category', names: termNames })
	const tag = await createTerm(db, { kind: 'tag', names: termNames })
	const save = (slug: string, time: string, fields: PostFields = {}, more: object = {}) =>
		createPost({ db, timezone: 'Europe/Moscow', now: NOW }, { authorId, terms: [category, tag], ...fields }, [
			{ locale, title, slug, source: `${text}\n\n<!--more-->\n\n${text}`, publishedAt: at(time), ...more },
		])
	for (const number of range(21)) await save(`post-${number}`, '2025-03-01T09:00Z', { sticky: number === 1 })
	await save('closed', '2025-01-10T09:00Z', { commentsOpen: false })
	await save('locked', '2025-01-11T09:00Z', {}, { password: 'x' })
	await save('nameless', '2025-01-12T09:00Z', {}, { title: '' })
	const page = await save('about', '2025-01-01T09:00Z', { kind: 'page' })
	await save('below', '2025-01-01T09:00Z', { kind: 'page', parentId: page })
	await seedConversation(db, await save('discussed', '2025-01-13T09:00Z'), locale, authorId)
}

/** 21 responses of every kind: ten in a row, one without a name, one of the author. */
async function seedConversation(db: Db, post_id: number, locale: 'ru' | 'en', author: number): Promise<void> {
	const { name, text } = TEXTS[locale]
	const all = { post_id, status: 'approved', locale, format: 'text', source: text, html: `<p>${text}</p>` } as const
	let last: number | null = null
	for (const number of range(21)) {
		const response = {
			...all,
			parent_id: number < 10 ? last : null,
			kind: (['comment', 'pingback', 'trackback', 'webmention'] as const)[number] ?? 'comment',
			name: number === 7 ? '' : name,
			author_id: number === 8 ? author : null,
			created_at: NOW,
		}
		const id: number = await db.transaction().execute((trx) => insertComment(trx, response))
		last = id
	}
}

function range(length: number): number[] {
	return Array.from({ length }, (_, index) => index)
}

/** A post in both languages, each out of date against the other. */
async function seedTranslated(db: Db): Promise<void> {
	const saving = { db, timezone: 'Europe/Moscow', now: NOW }
	const draft = (locale: 'ru' | 'en') => ({
		...{ locale, title: TEXTS[locale].title, slug: 'translated', source: TEXTS[locale].text },
		publishedAt: at('2025-01-14T09:00Z'),
	})
	const id = await createPost(saving, {}, [draft('ru')])
	const english = await addTranslation(saving, id, 'post', { ...draft('en'), sourceLocale: 'ru' })
	await db
		.updateTable('translations')
		.set({ source_locale: 'en', source_revision: 1 })
		.where('post_id', '=', id)
		.where('locale', '=', 'ru')
		.execute()
	const russian = await db
		.selectFrom('translations')
		.select('id')
		.where('post_id', '=', id)
		.where('locale', '=', 'ru')
		.executeTakeFirstOrThrow()
	for (const one of [russian.id, english])
		await changeTranslation({ ...saving, now: NOW + 1 }, one, { manualExcerpt: '' })
}

/** Every kind of page: its path under the language, the status, and how it is asked for. */
const PAGES: [path: string, status: number, question?: Question][] = [
	['', 200],
	['page/2/', 200],
	['2025/', 200],
	['2025/01/', 200],
	['2025/03/01/', 200],
	['2025/03/01/page/2/', 200],
	['category/books/', 200],
	['tag/books/', 200],
	['AUTHOR', 200],
	['search/', 200],
	['search/?q=QUERY', 200],
	['search/?q=QUERY&page=2', 200],
	['search/?q=zzzz', 200],
	['search/?q=OTHER', 200],
	['about/', 200],
	['below/', 200],
	['2025/03/post-7/', 200],
	['2025/01/closed/', 200],
	['2025/01/locked/', 200],
	['2025/01/nameless/', 200],
	['2025/01/discussed/', 200],
	['2025/01/translated/', 200],
	['nowhere/', 404],
	['1999/01/', 404],
	['%ff/', 400],
	[`${'a'.repeat(3000)}/`, 414],
	['', 405, { method: 'DELETE' }],
	['2025/01/locked/', 422, form('password=y')],
	['2025/01/locked/', 413, form('x'.repeat(70_000))],
]

function form(body: string): Question {
	return { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body }
}

function foreign(locale: 'ru' | 'en', line: string): string[] {
	const words = line.match(locale === 'ru' ? /[A-Za-z][\w.-]*\w|[A-Za-z]/g : /[А-яЁё]+/g) ?? []
	const known = locale === 'ru' ? [...NAMES, ...LANGUAGES] : LANGUAGES
	return words.filter((word) => !known.includes(word))
}

const BROKEN = [
	/\([а-яё]{1,3}\)/,
	/(^|[^.])\.\.($|[^.])/,
	/\{\{|\}\}|undefined|\bNaN\b|\[object|\$t\(/,
	new RegExp(`\\b(${SECTIONS})\\.[a-zA-Z0-9_]+\\b`),
]

for (const database of databases) {
	const test = suite(`the words of pages on ${database.name}`)

	for (const locale of ['ru', 'en'] as const) {
		test(`every kind of page in ${locale} speaks it alone, in whole words`, async () => {
			const blog = await startBlog(database, { seed: seedPure })
			const problems: string[] = []
			for (const [pattern, status, question] of PAGES) {
				const { query } = TEXTS[locale]
				const other = TEXTS[locale === 'ru' ? 'en' : 'ru'].query
				const path = `/${locale}/${pattern.replace('AUTHOR', `author/author-${locale}/`).replace('QUERY', encodeURIComponent(query)).replace('OTHER', encodeURIComponent(other))}`
				const answer: Answer = await blog.get(path, question)
				assert.is(answer.status, status, `${question?.method ?? 'GET'} ${path.slice(0, 100)}`)
				for (const line of visibleWords(answer.text)) {
					const wrong = [...foreign(locale, line), ...BROKEN.flatMap((pattern) => pattern.exec(line)?.[0] ?? [])]
					// What the reader typed may be in any language.
					const unasked = wrong.filter((word) => word !== other && word !== 'zzzz')
					if (unasked.length > 0)
						problems.push(`${path.slice(0, 60)}: «${unasked.join(' ')}» in «${line.slice(0, 100)}»`)
				}
			}
			assert.equal([...new Set(problems)], [])
			await blog.close()
		})
	}

	test.run()
}
