import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeOpenSearch } from '../../src/feeds/opensearch.ts'
import {
	type SitemapPage,
	sitemapParts,
	writeSitemap,
	writeSitemapFiles,
	writeSitemapIndex,
} from '../../src/feeds/sitemap.ts'
import { all, parseXml } from './rules.ts'

const SITEMAP = '{http://www.sitemaps.org/schemas/sitemap/0.9}'

function pages(count: number, url = 'https://blog.example/ru/'): SitemapPage[] {
	return Array.from({ length: count }, (_, index) => ({ url: `${url}${index}/`, alternates: [] }))
}

test('a sitemap is split at the number of addresses that a file may hold', () => {
	assert.equal(
		sitemapParts(pages(50_000)).map((part) => part.length),
		[50_000],
	)
	assert.equal(
		sitemapParts(pages(100_001)).map((part) => part.length),
		[50_000, 50_000, 1],
	)
	assert.equal(sitemapParts([]), [[]])
})

test('a sitemap is split where a file would be too long', async () => {
	const url = `https://blog.example/ru/${'%D1%8F'.repeat(200)}`
	const alternates = ['ru', 'en', 'x-default'].map((hreflang) => ({ hreflang, href: url }))
	const long = pages(300, url).map((page) => ({ ...page, alternates, modified: 0 }))
	const limits = { urls: 50_000, bytes: 500_000 }
	const parts = sitemapParts(long, limits)
	assert.is(parts.flat().length, 300)
	assert.ok(parts.length > 1)
	for (const part of parts) assert.ok((await writeSitemap(part)).length < limits.bytes)
})

test('addresses are escaped', async () => {
	const page = {
		url: 'https://blog.example/?a=1&b=2',
		alternates: [{ hreflang: 'ru', href: 'https://blog.example/?c&d' }],
	}
	const [url] = all(parseXml(await writeSitemap([page])), `${SITEMAP}url`)
	assert.is(all(url!, `${SITEMAP}loc`)[0]!.text, 'https://blog.example/?a=1&b=2')
	assert.is(all(url!, '{http://www.w3.org/1999/xhtml}link')[0]!.attributes.href, 'https://blog.example/?c&d')
})

test('a small sitemap is one file, a large one an index and its parts', async () => {
	const small = await writeSitemapFiles(pages(2), 'https://blog.example')
	assert.is(parseXml(small.whole.xml).name, `${SITEMAP}urlset`)
	assert.equal(small.parts, [])
	const large = await writeSitemapFiles(pages(5), 'https://blog.example', { urls: 2, bytes: 1e6 })
	const places = all(parseXml(large.whole.xml), `${SITEMAP}sitemap`).map((part) => all(part, `${SITEMAP}loc`)[0]!.text)
	assert.equal(
		places,
		[1, 2, 3].map((number) => `https://blog.example/sitemap-${number}.xml`),
	)
	assert.equal(
		large.parts.map(({ xml }) => all(parseXml(xml), `${SITEMAP}url`).length),
		[2, 2, 1],
	)
})

test('an index names the parts and when they changed', async () => {
	const root = parseXml(await writeSitemapIndex([{ url: 'https://blog.example/sitemap-1.xml', modified: 0 }]))
	assert.is(root.name, `${SITEMAP}sitemapindex`)
	const [part] = all(root, `${SITEMAP}sitemap`)
	assert.is(all(part!, `${SITEMAP}loc`)[0]!.text, 'https://blog.example/sitemap-1.xml')
	assert.is(all(part!, `${SITEMAP}lastmod`)[0]!.text, '1970-01-01T00:00:00.000Z')
})

test('a long or odd title still makes a description of the search', () => {
	const title = 'Блог & <друзья> о городах и данных'
	const root = parseXml(
		writeOpenSearch({ locale: 'ru', siteUrl: 'https://blog.example', title, description: '\0&amp;' }),
	)
	const text = (name: string) => all(root, `{http://a9.com/-/spec/opensearch/1.1/}${name}`)[0]!.text
	assert.is(text('ShortName'), 'Блог & <друзья>…')
	assert.is(text('LongName'), title)
	assert.is(text('Description'), `${title}: &amp;`)
})

test.run()
