import { createAuthor, findAuthorNames } from '../authors/queries.ts'
import type { Db, Time } from '../db/schema.ts'
import { type RenderedDraft, render, storePost } from '../posts/save.ts'
import { createTerm, findTermNames } from '../terms/queries.ts'
import { seedComments } from './comments.ts'
import { between, pick, type Random, randomFrom, range } from './random.ts'
import { type Language, postText } from './texts.ts'
import { TITLES, TOPICS } from './words.ts'

const YEARS = 10
const DAY = 24 * 60 * 60 * 1000
const YEAR = 365.25 * DAY
const TAGS = 40
const CATEGORIES = 6
const BATCH = 200
/** Texts on each topic: rendering one for each of a hundred thousand posts would take most of the time. */
const TEXTS = 10

export interface SeedOptions {
	posts: number
	comments: number
	/** Of the languages the seed knows, those of the blog. */
	languages: string[]
	timezone: string
	now: Time
	/** Hears of each batch of posts. */
	onProgress?: (posts: number) => void
}

/** Fills a blog with made-up posts and comments over the last ten years: the same for the same numbers and time. */
export async function seed(db: Db, options: SeedOptions): Promise<void> {
	const { posts, comments, now, timezone } = options
	const random = randomFrom(posts * 31 + comments)
	const languages = options.languages.filter((code): code is Language => code in TITLES)
	const authors = await seedAuthors(db, languages, now)
	const terms = await seedTerms(db, languages)
	const write = textsOf(db)
	const made: { id: number; at: Time }[] = []
	for (let start = 0; start < posts; start += BATCH) {
		const numbers = range(start, Math.min(start + BATCH, posts))
		await db.transaction().execute(async (trx) => {
			for (const number of numbers) {
				// Evenly over the years, the newest last, with some hours of chance.
				const at = Math.round(now - YEARS * YEAR * (1 - (number + random()) / posts))
				const fields = { authorId: pick(random, authors), terms: someTerms(random, terms), sticky: number === 7 }
				const drafts = await draftsOf(random, { number, at, languages, write })
				made.push({ id: await storePost(trx, { timezone, now: at }, fields, drafts), at })
			}
		})
		options.onProgress?.(numbers.length)
	}
	await seedComments(db, random, made, { comments, languages, now })
}

type Write = (
	locale: Language,
	topic: number,
	text: number,
) => Promise<Omit<RenderedDraft, 'draft'> & { source: string }>

interface Coming {
	number: number
	at: Time
	languages: Language[]
	write: Write
}

function draftsOf(random: Random, { number, at, languages, write }: Coming): Promise<RenderedDraft[]> {
	const topic = between(random, 0, TOPICS.length - 1)
	const kept = random() < 0.7 || languages.length === 1 ? languages : [pick(random, languages)]
	const nth = between(random, 0, TEXTS - 1)
	const titles = kept.map((locale) => pick(random, TITLES[locale]).replace('*', TOPICS[topic]![locale]))
	return Promise.all(
		kept.map(async (locale, index) => {
			const { source, text } = await write(locale, topic, nth)
			return { draft: { locale, title: `${titles[index]} — ${number + 1}`, source, publishedAt: at }, text }
		}),
	)
}

/** The texts of posts, each written and rendered when it is first needed. */
function textsOf(db: Db): Write {
	const known = new Map<string, ReturnType<Write>>()
	const make = async (locale: Language, topic: number, nth: number) => {
		const aside = (topic + 1 + nth) % TOPICS.length
		const source = postText(randomFrom(topic * TEXTS + nth), locale, [topic, topic, aside])
		return { source, text: await render(db, { locale, source }) }
	}
	return (locale, topic, nth) => {
		const key = `${locale} ${topic} ${nth}`
		const text = known.get(key) ?? make(locale, topic, nth)
		known.set(key, text)
		return text
	}
}

async function seedAuthors(db: Db, languages: Language[], now: Time): Promise<number[]> {
	const people = [
		{ slug: 'alena', ru: 'Алёна Петрова', en: 'Alena Petrova' },
		{ slug: 'mikhail', ru: 'Михаил Соколов', en: 'Mikhail Sokolov' },
	]
	const ids: number[] = []
	for (const { slug, ...names } of people) {
		const [known] = await findAuthorNames(db, slug)
		const made = languages.map((locale) => ({ locale, name: names[locale] }))
		ids.push(known?.id ?? (await createAuthor(db, { slug, names: made, now })))
	}
	return ids
}

interface SeedTerms {
	categories: number[]
	tags: number[]
}

async function seedTerms(db: Db, languages: Language[]): Promise<SeedTerms> {
	const terms: SeedTerms = { categories: [], tags: [] }
	for (const index of range(0, CATEGORIES)) {
		const parentId = index % 3 === 0 ? undefined : terms.categories[index - (index % 3)]
		const names = languages.map((locale) => ({
			locale,
			name: capitalized(TOPICS[index]![locale]),
			slug: `topic-${index + 1}`,
		}))
		terms.categories.push(await seedTerm(db, { kind: 'category', parentId, names }))
	}
	for (const index of range(0, TAGS)) {
		const topic = TOPICS[index % TOPICS.length]!
		const names = languages.map((locale) => ({
			locale,
			name: index < TOPICS.length ? topic[locale] : `${topic[locale]} 2.0`,
			slug: `tag-${index + 1}`,
		}))
		terms.tags.push(await seedTerm(db, { kind: 'tag', names }))
	}
	return terms
}

/** A second run of the seed uses the terms of the first. */
async function seedTerm(db: Db, term: Parameters<typeof createTerm>[1]): Promise<number> {
	const [known] = await findTermNames(db, term.kind, term.names[0]!.slug)
	return known?.term_id ?? createTerm(db, term)
}

function someTerms(random: Random, { categories, tags }: SeedTerms): number[] {
	const chosen = [pick(random, categories), ...range(0, between(random, 1, 4)).map(() => pick(random, tags))]
	return [...new Set(chosen)]
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1)
}
