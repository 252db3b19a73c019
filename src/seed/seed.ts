import { createAuthor, findAuthorNames } from '../authors/queries.ts'
import { insertComment } from '../comments/queries.ts'
import type { Db, Time } from '../db/schema.ts'
import { escapeHtml } from '../markdown/escape.ts'
import { type Draft, renderDrafts, storePost } from '../posts/save.ts'
import { createTerm, findTermNames } from '../terms/queries.ts'
import { between, pick, randomFrom } from './random.ts'
import { NAMES, REPLIES, SENTENCES, TITLES, TOPICS } from './words.ts'

const YEARS = 10
const DAY = 24 * 60 * 60 * 1000
const YEAR = 365.25 * DAY
const TAGS = 40
const CATEGORIES = 6
const BATCH = 200

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

type Language = keyof typeof TITLES
type Random = () => number

/** Fills a blog with made-up posts and comments over the last ten years: the same for the same numbers and time. */
export async function seed(db: Db, options: SeedOptions): Promise<void> {
	const random = randomFrom(options.posts * 31 + options.comments)
	const languages = options.languages.filter((code): code is Language => code in TITLES)
	const authors = await seedAuthors(db, languages, options.now)
	const terms = await seedTerms(db, languages)
	const posts: { id: number; at: Time }[] = []
	for (let start = 0; start < options.posts; start += BATCH) {
		const numbers = range(start, Math.min(start + BATCH, options.posts))
		const made = numbers.map((number) => makePost(random, number, languages, options))
		const rendered = await Promise.all(made.map(({ drafts }) => renderDrafts(db, drafts)))
		await db.transaction().execute(async (trx) => {
			for (const [index, { at }] of made.entries()) {
				const fields = { authorId: pick(random, authors), terms: someTerms(random, terms), sticky: start + index === 7 }
				const id = await storePost(trx, { timezone: options.timezone, now: at }, fields, rendered[index]!)
				posts.push({ id, at })
			}
		})
		options.onProgress?.(numbers.length)
	}
	await seedComments(db, random, posts, languages, options)
}

function makePost(random: Random, number: number, languages: Language[], { posts, now }: SeedOptions) {
	// Evenly over the years, the newest last, with some hours of chance.
	const at = Math.round(now - YEARS * YEAR * (1 - (number + random()) / posts))
	const topic = pick(random, TOPICS)
	const kept = random() < 0.7 || languages.length === 1 ? languages : [pick(random, languages)]
	const drafts = kept.map((locale): Draft => draftOf(random, locale, topic[locale], number, at))
	return { at, drafts }
}

function draftOf(random: Random, locale: Language, topic: string, number: number, at: Time): Draft {
	const title = pick(random, TITLES[locale]).replace('*', topic)
	const paragraphs = range(0, between(random, 3, 7)).map(() =>
		range(0, between(random, 2, 5))
			.map(() => pick(random, SENTENCES[locale]).replace('*', topic))
			.join(' '),
	)
	const [first, ...rest] = paragraphs
	const source = [first, '<!--more-->', ...rest].join('\n\n')
	return { locale, title: `${title} — ${number + 1}`, source, publishedAt: at }
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

async function seedComments(
	db: Db,
	random: Random,
	posts: { id: number; at: Time }[],
	languages: Language[],
	{ comments, now }: SeedOptions,
): Promise<void> {
	const last = new Map<number, { id: number; at: Time }>()
	for (let start = 0; start < comments && posts.length > 0; start += BATCH) {
		await db.transaction().execute(async (trx) => {
			for (const _ of range(start, Math.min(start + BATCH, comments))) {
				const post = pick(random, posts)
				const locale = pick(random, languages)
				const source = pick(random, REPLIES[locale])
				const before = random() < 0.4 ? last.get(post.id) : undefined
				const at = Math.min(now, Math.round((before?.at ?? post.at) + random() * 9 * DAY))
				const id = await insertComment(trx, {
					post_id: post.id,
					parent_id: before?.id ?? null,
					kind: 'comment',
					status: 'approved',
					locale,
					name: pick(random, NAMES[locale]),
					format: 'text',
					source,
					html: `<p>${escapeHtml(source)}</p>`,
					author_id: null,
					created_at: at,
				})
				last.set(post.id, { id, at })
			}
		})
	}
}

function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1)
}
