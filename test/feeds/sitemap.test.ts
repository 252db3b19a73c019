import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeOpenSearch } from '../../src/feeds/opensearch.ts'
import { writeSitemap, writeSitemapIndex } from '../../src/feeds/sitemap.ts'
import { all, parseXml } from './rules.ts'

const SITEMAP = '{http://www.sitemaps.org/schemas/sitemap/0.9}'

test('addresses are escaped', async () => {
	const page = {
		url: 'https://blog.example/?a=1&b=2',
		alternates: [{ hreflang: 'ru', href: 'https://blog.example/?c&d' }],
	}
	const [url] = all(parseXml(await writeSitemap([page])), `${SITEMAP}url`)
	assert.is(all(url!, `${SITEMAP}loc`)[0]!.text, 'https://blog.example/?a=1&b=2')
	assert.is(all(url!, '{http://www.w3.org/1999/xhtml}link')[0]!.attributes.href, 'https://blog.example/?c&d')
})

test('an index names the parts', async () => {
	const root = parseXml(await writeSitemapIndex(['https://blog.example/sitemap-1.xml']))
	assert.is(root.name, `${SITEMAP}sitemapindex`)
	assert.equal(
		all(root, `${SITEMAP}sitemap`).map((part) => all(part, `${SITEMAP}loc`)[0]!.text),
		['https://blog.example/sitemap-1.xml'],
	)
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
