import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Db } from '../../src/db/schema.ts'
import { seed } from '../../src/seed/seed.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { type Node, parseHtml } from '../support/html.ts'

// Of the three feeds of each listing one is enough here.
const LINKS = `a[href], link[href]:not([type='application/atom+xml'], [type='application/feed+json']), img[src], script[src],
	source[src], form[action]`

interface Found {
	lang: string | undefined
	canonical: string | undefined
	alternates: [lang: string, href: string][]
	ids: Set<string>
}

interface Crawl {
	/** Pages by their paths. */
	pages: Map<string, Found>
	problems: string[]
}

/** Follows every link of every page from `/` on. */
async function crawl({ url, get }: TestBlog<unknown>): Promise<Crawl> {
	const pages = new Map<string, Found>()
	const problems: string[] = []
	const fragments: { from: string; to: string; id: string }[] = []
	const waiting = new Map([['/ru/', '/']])
	for (const [path, from] of waiting) {
		const { status, headers, text } = await get(path)
		if (status !== 200) problems.push(`${path} is ${status}, linked from ${from}`)
		if (status !== 200 || !headers['content-type']?.startsWith('text/html')) continue
		const page = parseHtml(text)
		pages.set(path, found(page))
		for (const { attributes, name } of page.$$(LINKS)) {
			if (name === 'form' && attributes.method === 'post') continue
			const link = URL.parse(attributes.href ?? attributes.src ?? attributes.action ?? '', url + path)
			if (link?.origin !== url) continue
			const to = link.pathname + link.search
			if (link.hash) fragments.push({ from: path, to, id: decodeURIComponent(link.hash.slice(1)) })
			if (!waiting.has(to)) waiting.set(to, path)
		}
	}
	for (const { from, to, id } of fragments) {
		if (!pages.get(to)?.ids.has(id)) problems.push(`${to} has no #${id}, linked from ${from}`)
	}
	return { pages, problems }
}

/** Pages that say of themselves what isn't so. */
function contradictions({ pages }: Crawl, url: string): string[] {
	return [...pages].flatMap(([path, page]) => {
		const { canonical, alternates } = page
		const found: string[] = []
		const isSearch = /^\/..\/search\//.test(path)
		// Views of a conversation (`?only=`, `?reply=`) are the post itself.
		const address = url + path.split('?')[0]
		if (isSearch ? canonical : canonical !== address) found.push(`canonical of ${path} is ${canonical}`)
		for (const [lang, href] of alternates) {
			const other = pages.get(href.slice(url.length))
			if (!other) found.push(`${lang} of ${path} is ${href}, which no page links or which isn't there`)
			else if (JSON.stringify(other.alternates) !== JSON.stringify(alternates))
				found.push(`${href} doesn't name ${path}`)
			else if (lang !== 'x-default' && other.lang !== lang) found.push(`${href} isn't in ${lang}`)
		}
		if (alternates.length > 0 && !alternates.some(([, href]) => href === canonical))
			found.push(`${path} isn't its own alternate`)
		return found
	})
}

function found(page: Node): Found {
	return {
		lang: page.attributes.lang,
		canonical: page.$('link[rel=canonical]')?.attributes.href,
		alternates: page
			.$$('link[rel=alternate][hreflang]')
			.map(({ attributes }) => [attributes.hreflang!, attributes.href!]),
		ids: new Set(page.$$('[id]').map(({ attributes }) => attributes.id!)),
	}
}

for (const database of databases) {
	const test = suite(`a crawl on ${database.name}`)

	test('the fixtures have no broken link, nor a page that is wrong about itself', async () => {
		const blog = await startBlog(database)
		const found = await crawl(blog)
		assert.equal(found.problems, [])
		assert.equal(contradictions(found, blog.url), [])
		for (const path of [
			'/ru/2024/10/nochnoy-poezd/',
			'/en/2025/02/open-data-week/',
			'/ru/kontakty/',
			'/en/author/boris/',
		]) {
			assert.ok(found.pages.has(path), path)
		}
		await blog.close()
	})

	test('nor has a seeded blog of sixty posts', async () => {
		const options = { posts: 60, comments: 40, languages: ['ru', 'en'], timezone: 'Europe/Moscow', now: NOW }
		const blog = await startBlog(database, { seed: (db: Db) => seed(db, options) })
		const found = await crawl(blog)
		assert.equal(found.problems, [])
		assert.equal(contradictions(found, blog.url), [])
		assert.ok(found.pages.size > 200, String(found.pages.size))
		assert.equal(
			blog.logs.filter(({ level }) => Number(level) >= 50),
			[],
		)
		await blog.close()
	})

	test.run()
}
