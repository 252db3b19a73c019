import { setTimeout as pause } from 'node:timers/promises'
import { pick, upTo } from './chance.ts'
import type { Hunted } from './hunted.ts'

const READERS = 3
const PAUSE = 60
const ADDRESSES = 250

/** Reads everything there is, over and over: pages that are kept and pages that aren't, feeds, searches. */
export async function read(blog: Hunted, isOver: () => boolean): Promise<void> {
	const posts = await postsOf(blog)
	await Promise.all(Array.from({ length: READERS }, () => readOn(blog, posts, isOver)))
}

/** Paths of the newest posts. */
export async function postsOf(blog: Hunted): Promise<string[]> {
	const { items } = JSON.parse((await blog.insist('/ru/feed/json/')).text) as { items: { url: string }[] }
	return items.map(({ url }) => new URL(url).pathname)
}

async function readOn(blog: Hunted, posts: string[], isOver: () => boolean): Promise<void> {
	const tags = new Map<string, string>()
	while (!isOver()) {
		const path = pathOf(posts)
		const known = tags.get(path)
		const headers = { 'X-Forwarded-For': `10.0.0.${upTo(ADDRESSES)}`, Accept: 'text/html,*/*' }
		const answer = await blog
			.ask(path, { headers: known ? { ...headers, 'If-None-Match': known } : headers })
			.catch(() => undefined)
		if (answer?.headers.etag) tags.set(path, answer.headers.etag)
		await pause(upTo(2 * PAUSE))
	}
}

const MONTHS = ['03', '07', '11']
const WORDS = ['музеи', 'город', 'библиотека', 'поезд', 'museum', 'city', '17', '203']

function pathOf(posts: string[]): string {
	const post = pick(posts)
	return pick([
		'/ru/',
		'/en/',
		`/ru/page/${1 + upTo(9)}/`,
		post,
		post,
		post,
		`${post}feed/`,
		'/ru/feed/',
		'/en/feed/atom/',
		'/feed/json/',
		'/ru/comments/feed/',
		`/ru/search/?q=${encodeURIComponent(pick(WORDS))}`,
		`/ru/search/?q=${encodeURIComponent(`${pick(WORDS)} ${upTo(1000)}`)}`,
		`/ru/${2018 + upTo(7)}/${pick(MONTHS)}/`,
		'/sitemap.xml',
		'/ru/nothing-of-the-kind/',
	])
}
