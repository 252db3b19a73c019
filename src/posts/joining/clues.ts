import { decodePercent } from '../../markdown/percent.ts'
import type { LinkClue, PictureClue } from './suggest.ts'

/** A text that links somewhere: the addresses on this blog as it may be known by, each path with its query. */
export interface Linking {
	postId: number
	paths: string[]
}

const MOST_LINKS = 200

/**
 * The addresses on this blog that a text links to, decoded, with / at their end; of a query only what WordPress named
 * posts by stays: `/?p=12`. `hosts` are names under which the blog is or was known.
 */
export function ownLinks(html: string, hosts: Set<string>): string[] {
	const found = new Set<string>()
	for (const [, href] of html.matchAll(/ href="([^"]+)"/g)) {
		const path = ownPath(href!.replaceAll('&amp;', '&'), hosts)
		if (path) found.add(path)
		if (found.size === MOST_LINKS) break
	}
	return [...found]
}

/** Which posts link to which: `lead` gives the post that each path leads to. */
export function linkClues(texts: Linking[], lead: Map<string, number>): LinkClue[] {
	return texts.flatMap(({ postId, paths }) => {
		const targets = new Set(paths.flatMap((path) => lead.get(path) ?? []))
		targets.delete(postId)
		return [...targets].map((to) => ({ from: postId, to, of: targets.size }))
	})
}

/** A picture that more posts show belongs to none of them. */
const COMMON = 6

/** Which posts show the same pictures, each picture given with all the posts that show it. */
export function pictureClues(shown: { media: number; posts: number[] }[]): PictureClue[] {
	const pairs = new Map<string, PictureClue>()
	for (const { posts } of shown) {
		const all = [...new Set(posts)].sort((a, b) => a - b)
		if (all.length > COMMON) continue
		for (const [at, a] of all.entries()) {
			for (const b of all.slice(at + 1)) {
				const clue = pairs.get(`${a} ${b}`) ?? { a, b, rare: 0, common: 0 }
				pairs.set(`${a} ${b}`, clue)
				if (all.length === 2) clue.rare++
				else clue.common++
			}
		}
	}
	return [...pairs.values()]
}

function ownPath(href: string, hosts: Set<string>): string | undefined {
	if (!href.startsWith('/') && !/^https?:\/\//i.test(href)) return undefined
	const url = URL.parse(href, 'http://here.invalid')
	if (!url || (url.host !== 'here.invalid' && !hosts.has(url.host.replace(/^www\./, '')))) return undefined
	const path = decodePercent(url.pathname)
	if (path === undefined || path.includes('\0') || path.startsWith('/media/')) return undefined
	const whole = path.endsWith('/') ? path : `${path}/`
	const name = ['p', 'page_id'].find((name) => url.searchParams.has(name))
	if (name) return `${whole}?${name}=${url.searchParams.get(name)}`
	return whole === '/' ? undefined : whole
}
