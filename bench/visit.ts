import { copyOf } from './copy.ts'
import type { Figure } from './figures.ts'
import type { Options } from './options.ts'
import { pathsOf } from './pages.ts'
import { seeded } from './seeded.ts'
import { startOtklik } from './servers.ts'

/** What a browser without anything kept asks for to show a post; pictures are not counted. */
export async function measureVisit({ sizes }: Options): Promise<Figure[]> {
	const blog = await startOtklik(await seeded(sizes[0]!))
	const { post } = await pathsOf(blog)
	const page = await copyOf(blog.url + post, { 'accept-encoding': 'identity' })
	const wanted = filesOf(page.body.toString()).map((path) => blog.url + path)
	const copies = [await copyOf(blog.url + post), ...(await Promise.all(wanted.map((url) => copyOf(url))))]
	await blog.stop()
	const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0)
	const part = 'first visit'
	return [
		{ part, what: 'requests', value: copies.length, unit: '', atMost: 4 },
		{ part, what: 'over the wire', value: bytes / 1024, unit: 'KB', atMost: 35, note: 'with the heads of the answers' },
	]
}

/** Stylesheets, scripts and the icon that a page names. */
function filesOf(html: string): string[] {
	const links = [...html.matchAll(/<link\b[^>]*\brel="?(?:stylesheet|icon|modulepreload|preload|manifest)\b[^>]*>/g)]
	const scripts = [...html.matchAll(/<script\b[^>]*\bsrc=[^>]*>/g)]
	const paths = [...links, ...scripts].map(([tag]) => /\b(?:href|src)="?([^"\s>]+)/.exec(tag)![1]!)
	return [...new Set(paths)]
}
