import type { Figure } from './figures.ts'
import { type Measured, measure, middle } from './load.ts'
import type { Options } from './options.ts'
import { type Paths, pathsOf } from './pages.ts'
import { seeded } from './seeded.ts'
import { type Server, startOtklik } from './servers.ts'

type Page = keyof Paths

const PAGES: Page[] = ['home', 'post', 'feed', 'month', 'tag', 'rare', 'common']
/** Searches aren't kept. */
const KEPT: Page[] = ['home', 'post', 'feed', 'month', 'tag']
const ROUNDS = 3
/** As many as keep one process busy; more would only wait. */
const CONNECTIONS = 16
const LEAST: Partial<Record<Page, number>> = { home: 1_300, post: 1_000 }
/** How much longer the largest blog may take than the smallest. */
const MOST_TIMES: Partial<Record<Page, number>> = {
	home: 1.3,
	post: 1.3,
	feed: 1.3,
	month: 1.3,
	tag: 1.3,
	rare: 5,
}
const MOST_MS = 100

interface Blog {
	posts: number
	server: Server
	kept: Server
	paths: Paths
}

/** Every kind of page at every size, made anew for each reader and kept; sizes and pages interleaved. */
export async function measurePages({ sizes, seconds }: Options): Promise<Figure[]> {
	const blogs: Blog[] = []
	for (const posts of sizes) {
		const folder = await seeded(posts)
		const server = await startOtklik(folder, { PAGE_CACHE: '0' })
		blogs.push({ posts, server, kept: await startOtklik(folder), paths: await pathsOf(server) })
	}
	const made = await rounds(blogs, PAGES, ROUNDS, (blog, path) =>
		measure(blog.server.url + path, { seconds, connections: CONNECTIONS }, blog.server),
	)
	const kept = await rounds(blogs, KEPT, 1, (blog, path) => measure(blog.kept.url + path, { seconds }, blog.kept))
	const memory = blogs.map(({ posts, kept: { memory } }) => memoryOf(posts, memory()))
	for (const { server, kept } of blogs) await Promise.all([server.stop(), kept.stop()])
	return [...figuresOf(blogs, made), ...keptFigures(kept), ...memory]
}

type Results = Record<string, Measured[]>

async function rounds(
	blogs: Blog[],
	pages: Page[],
	count: number,
	ask: (blog: Blog, path: string) => Promise<Measured>,
): Promise<Results> {
	const results: Results = {}
	for (let round = 0; round < count; round++) {
		for (const page of pages) {
			for (const blog of blogs) {
				const key = `${page} ${blog.posts}`
				results[key] ??= []
				results[key].push(await ask(blog, blog.paths[page]))
			}
		}
	}
	return results
}

function figuresOf(blogs: Blog[], results: Results): Figure[] {
	return PAGES.flatMap((page) => {
		const of = (blog: Blog) => middle(results[`${page} ${blog.posts}`]!)
		const each = blogs.map((blog, index): Figure => {
			const { perSecond, p99, failed } = of(blog)
			const least = index === 0 ? LEAST[page] : undefined
			const note = `p99 ${p99} ms${failed ? `, ${failed} failed` : ''}`
			return {
				part: 'uncached',
				what: `${page}, ${blog.posts} posts`,
				value: perSecond,
				unit: '/s',
				atLeast: least,
				note,
			}
		})
		const [smallest, largest] = [of(blogs[0]!), of(blogs.at(-1)!)]
		const times = smallest.perSecond / largest.perSecond
		const part = 'uncached'
		if (page === 'common') {
			// One core, always busy: what an answer takes.
			each.push({ part, what: 'common, largest', value: 1_000 / largest.perSecond, unit: 'ms', atMost: MOST_MS })
		} else if (blogs.length > 1) {
			each.push({ part, what: `${page}, largest / smallest`, value: times, unit: '× time', atMost: MOST_TIMES[page] })
		}
		return each
	})
}

function keptFigures(results: Results): Figure[] {
	return Object.entries(results).map(([key, [one]]) => ({
		part: 'cached',
		what: `${key} posts`,
		value: one!.perSecond,
		unit: '/s',
	}))
}

function memoryOf(posts: number, bytes: number): Figure {
	return { part: 'memory', what: `after the run, ${posts} posts`, value: bytes / 2 ** 20, unit: 'MB', atMost: 200 }
}
