import type { Server } from './servers.ts'

/** Paths of one blog that are measured, by what they are. */
export type Paths = Record<'home' | 'post' | 'feed' | 'month' | 'tag' | 'rare' | 'common', string>

/** A topic of the seed that a tenth of its posts are about. */
const COMMON = 'музеи'

/** The pages of a seeded blog: the post is the newest one, under which the seed puts 50 comments. */
export async function pathsOf({ url }: Server): Promise<Paths> {
	const { items } = (await (await fetch(`${url}/feed/json/`)).json()) as { items: { url: string; title: string }[] }
	const { url: newest, title } = items[0]!
	const post = new URL(newest).pathname
	const [, locale, year, month] = post.split('/')
	const html = await (await fetch(url + post)).text()
	const search = (words: string) => `/ru/search/?q=${encodeURIComponent(words)}`
	return {
		home: `/${locale}/`,
		post,
		feed: `/${locale}/feed/`,
		month: `/${locale}/${year}/${month}/`,
		tag: /href="(\/\w+\/tag\/[^"]+)"/.exec(html)![1]!,
		// Each post has its number in its title.
		rare: search(/\d+$/.exec(title)![0]),
		common: search(COMMON),
	}
}
