import { createAuthor } from '../../src/authors/queries.ts'
import type { Db, Time } from '../../src/db/schema.ts'
import { createPost, type Draft, type PostFields } from '../../src/posts/save.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { createTerm } from '../../src/terms/queries.ts'
import { seedResponses } from './fixture-responses.ts'

/** The present moment of the fixtures: Saturday, 15 March 2025, noon in Moscow. */
export const NOW = at('2025-03-15T09:00Z')

type Names = { ru?: [name: string, slug: string]; en?: [name: string, slug: string] }

/**
 * A small blog in Russian and English, by names: who wrote it, its terms, its posts (ids of groups), its responses.
 * Times are chosen so that months without posts lie between them and midnight in Moscow isn't midnight in UTC.
 */
export async function seedFixtures(db: Db) {
	await writeSetting(db as never, 'title', 'ru', 'Блог Анны')
	await writeSetting(db as never, 'title', 'en', "Anna's blog")
	const authors = await seedAuthors(db)
	const terms = await seedTerms(db)
	const posts = await seedPosts(db, authors, terms)
	const responses = await seedResponses(db, posts.conference)
	return { authors, terms, posts, responses }
}

async function seedAuthors(db: Db) {
	const author = (slug: string, ru: string, en: string) =>
		createAuthor(db, {
			slug,
			email: `${slug}@example.org`,
			role: slug === 'anna' ? 'owner' : 'author',
			names: [
				{ locale: 'ru', name: ru },
				{ locale: 'en', name: en },
			],
			now: at('2024-01-01T00:00Z'),
		})
	return {
		anna: await author('anna', 'Анна Ёлкина', 'Anna Yolkina'),
		boris: await author('boris', 'Борис Щукин', 'Boris Shchukin'),
	}
}

async function seedTerms(db: Db) {
	const term = (kind: 'category' | 'tag', { ru, en }: Names, parentId?: number) =>
		createTerm(db, { kind, parentId, names: [...named('ru', ru), ...named('en', en)] })
	const events = await term('category', { ru: ['События', 'sobytiya'], en: ['Events', 'events'] })
	return {
		events,
		/** Under events. */
		conferences: await term(
			'category',
			{ ru: ['Конференции', 'konferencii'], en: ['Conferences', 'conferences'] },
			events,
		),
		/** Has no English name. */
		notes: await term('category', { ru: ['Заметки', 'zametki'] }),
		openData: await term('tag', { ru: ['Открытые данные', 'otkrytye-dannye'], en: ['Open data', 'open-data'] }),
		/** Has no English name. */
		books: await term('tag', { ru: ['Книги', 'knigi'] }),
	}
}

function named(locale: string, name?: [string, string]) {
	return name ? [{ locale, name: name[0], slug: name[1] }] : []
}

async function seedPosts(
	db: Db,
	{ anna, boris }: Awaited<ReturnType<typeof seedAuthors>>,
	terms: Awaited<ReturnType<typeof seedTerms>>,
) {
	const save = (fields: PostFields, ...drafts: Draft[]) =>
		createPost({ db, timezone: 'Europe/Moscow', now: NOW }, { authorId: anna, ...fields }, drafts)
	const about = await save({ kind: 'page' }, ...both('2024-01-02T09:00Z', ABOUT))
	return {
		/** In both languages, 26 February 2025, with the responses. */
		conference: await save({ terms: [terms.conferences, terms.openData] }, ...both('2025-02-26T09:00Z', CONFERENCE)),
		/** In both languages, 1 July 2024, sticky. */
		rules: await save({ sticky: true, terms: [terms.events] }, ...both('2024-07-01T09:00Z', RULES)),
		/** In Russian only; 30 September 2024 at 21:30 UTC is 1 October in Moscow. */
		night: await save(
			{ authorId: boris, terms: [terms.notes, terms.books] },
			draft('ru', '2024-09-30T21:30Z', 'Ёлки, книги и ночной поезд', 'nochnoy-poezd', NIGHT),
		),
		/** In English only, 10 February 2025. */
		week: await save(
			{ authorId: boris, terms: [terms.conferences, terms.openData] },
			draft(
				'en',
				'2025-02-10T09:00Z',
				'Open data week',
				'open-data-week',
				'Three conferences in one week, and notes from all of them.',
			),
		),
		/** Published in Russian on 1 March 2025, a draft in English. */
		plans: await save(
			{ commentsOpen: false },
			draft('ru', '2025-03-01T09:00Z', 'Планы на весну', 'plany', 'Что успеть до лета.'),
			{
				...draft('en', '2025-03-01T09:00Z', 'Plans for spring', 'plans', 'A draft nobody should see.'),
				status: 'draft',
			},
		),
		/** In both languages, scheduled for 1 April 2025. */
		scheduled: await save({}, ...both('2025-04-01T09:00Z', SCHEDULED)),
		/** In both languages, 14 January 2025; its password is «сезам». */
		locked: await save({}, ...both('2025-01-14T09:00Z', LOCKED).map((draft) => ({ ...draft, password: 'сезам' }))),
		/** A page in both languages. */
		about,
		/** A page in both languages, under about. */
		contacts: await save({ kind: 'page', parentId: about }, ...both('2024-01-02T10:00Z', CONTACTS)),
	}
}

/** A text in Russian and in English: title, slug, source. */
type Pair = Record<'ru' | 'en', [title: string, slug: string, source: string]>

const CONFERENCE: Pair = {
	ru: [
		'Конференция eGov 2.0',
		'konferenciya-egov-2-0',
		'Вчера в Москве прошла конференция об электронном правительстве.\n\n<!--more-->\n\n## Доклады\n\nГоворили об открытых данных. В сети есть [программа](https://example.org/program).\n\n| Доклад | Время |\n| --- | --- |\n| Открытие | 10:00 |\n\n```js\nconst отклик = "да"\n```',
	],
	en: [
		'The eGov 2.0 conference',
		'egov-2-0-conference',
		'Yesterday Moscow hosted a conference on electronic government.\n\n<!--more-->\n\n## Talks\n\nThe talks were about open data. There is a [programme](https://example.org/program).\n\n| Talk | Time |\n| --- | --- |\n| Opening | 10:00 |\n\n```js\nconst response = "yes"\n```',
	],
}
const RULES: Pair = {
	ru: ['Правила разговора', 'pravila', 'Будьте вежливы: здесь читают люди.'],
	en: ['House rules', 'rules', 'Be kind: people read this.'],
}
const SCHEDULED: Pair = {
	ru: ['Первоапрельская запись', 'pervoe-aprelya', 'Её ещё не видно.'],
	en: ['April the first', 'april-first', 'Not to be seen yet.'],
}
const LOCKED: Pair = {
	ru: ['Только для своих', 'dlya-svoih', 'Тайный текст.'],
	en: ['For friends only', 'for-friends', 'A secret text.'],
}
const ABOUT: Pair = {
	ru: ['О блоге', 'o-bloge', 'Здесь пишут о городе и данных.'],
	en: ['About', 'about', 'Notes on the city and its data.'],
}
const CONTACTS: Pair = {
	ru: ['Контакты', 'kontakty', 'Пишите письма.'],
	en: ['Contacts', 'contacts', 'Write to us.'],
}
const NIGHT = 'В ночном поезде читали книгу про ёлки.\n\nА потом ещё одну.'

function both(time: string, pair: Pair): Draft[] {
	return [draft('ru', time, ...pair.ru), draft('en', time, ...pair.en)]
}

function draft(locale: string, time: string, title: string, slug: string, source: string): Draft {
	return { locale, title, slug, source, publishedAt: at(time), status: 'published' }
}

/** Milliseconds of an ISO time. */
export function at(time: string): Time {
	return Date.parse(time)
}
