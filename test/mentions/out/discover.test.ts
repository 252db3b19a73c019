import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { discover, type Endpoint } from '../../../src/mentions/out/discover.ts'

const URL = 'https://example.net/posts/1?page=2'

type Told = { headers?: [string, string][]; html?: string; type?: string; url?: string }

function find({ headers = [], html = '', type = 'text/html', url = URL }: Told): Promise<Endpoint | undefined> {
	return discover({ url, headers: new Headers(headers), type, body: Buffer.from(html) })
}

async function webmention(told: Told, url: string | undefined) {
	assert.equal(await find(told), url && { kind: 'webmention', url })
}

const link = (value: string): Told => ({ headers: [['Link', value]] })

const headers = suite('discovery in headers')

headers('a relative address is resolved against the page', () =>
	webmention(link('</pings?x=1>; rel=webmention'), 'https://example.net/pings?x=1'),
)
headers('an absolute one is taken as it is', () =>
	webmention(link('<https://hub.example/in>; rel="webmention"'), 'https://hub.example/in'),
)
headers('a relation needs no quotes', () => webmention(link('<in>;rel=webmention'), 'https://example.net/posts/in'))
headers('the name of the header is in any case', () =>
	webmention({ headers: [['LinK', '</in>; rel=webmention']] }, 'https://example.net/in'),
)
headers('the relation and its name are in any case', () =>
	webmention(link('</in>; REL="WebMention"'), 'https://example.net/in'),
)
headers('it may be one of several relations', () =>
	webmention(link('</in>; rel="webmention somethingelse"'), 'https://example.net/in'),
)
headers('it may be in one of several headers', () =>
	webmention(
		{
			headers: [
				['Link', '</other>; rel="other"'],
				['Link', '</in>; rel="webmention"'],
			],
		},
		'https://example.net/in',
	),
)
headers('it may be one of several links in a header, commas and semicolons in the others', () =>
	webmention(
		link('<https://a.example/?a,b;c>; rel="other"; title="a, <b>; \\"c\\"", </in>; rel="webmention", </x>; rel=y'),
		'https://example.net/in',
	),
)
headers('a relation that only begins or ends so is another', async () => {
	for (const rel of ['not-webmention', 'webmention-not', 'webmentions', '"other not-webmention"']) {
		await webmention(link(`</in>; rel=${rel}`), undefined)
	}
})
headers('only the first relation of a link counts', () =>
	webmention(link('</in>; rel=other; rel=webmention'), undefined),
)
headers('a link about another page is passed over', () =>
	webmention(link('</in>; rel=webmention; anchor="https://other.example/"'), undefined),
)
headers('an empty address is the page itself, with its query', () => webmention(link('<>; rel=webmention'), URL))
headers('a header comes before links of the page', () =>
	webmention(
		{ ...link('</header>; rel=webmention'), html: '<link rel=webmention href=/link>' },
		'https://example.net/header',
	),
)
headers("the page's <base> doesn't touch headers", () =>
	webmention({ ...link('<in>; rel=webmention'), html: '<base href="/else/">' }, 'https://example.net/posts/in'),
)
headers('the page may be of any type', () =>
	webmention({ ...link('</in>; rel=webmention'), type: 'application/pdf' }, 'https://example.net/in'),
)
headers('an address that is none, or not of the web, is passed over', () =>
	webmention(
		link('<mailto:a@b.example>; rel=webmention, <https://>; rel=webmention, </in>; rel=webmention'),
		'https://example.net/in',
	),
)
headers.run()

const html = suite('discovery in pages')

html('<link> with a relative address', () =>
	webmention({ html: '<head><link rel="webmention" href="/in"></head>' }, 'https://example.net/in'),
)
html('<link> with an absolute address', () =>
	webmention({ html: '<link href="https://hub.example/in" rel="webmention">' }, 'https://hub.example/in'),
)
html('<a> with a relative address', () =>
	webmention({ html: '<p><a rel="webmention" href="in">endpoint</a>' }, 'https://example.net/posts/in'),
)
html('<a> with an absolute address', () =>
	webmention({ html: '<a href="https://hub.example/in" rel=webmention>' }, 'https://hub.example/in'),
)
html('one of several relations, in any case, parted by any space', () =>
	webmention({ html: '<LINK REL="other\n\tWebMention" HREF="/in">' }, 'https://example.net/in'),
)
html('not-webmention is another relation', () =>
	webmention({ html: '<link rel="not-webmention" href="/no"><a rel=webmention href="/in">' }, 'https://example.net/in'),
)
html('what is in a comment is not there', () =>
	webmention(
		{ html: '<!-- <a href="/no" rel="webmention"></a> --><a href="/in" rel="webmention">' },
		'https://example.net/in',
	),
)
html('what is escaped is text', () =>
	webmention(
		{ html: '<code>&lt;a href="/no" rel="webmention"&gt;</code><a href="/in" rel="webmention">' },
		'https://example.net/in',
	),
)
html('what is in scripts, styles, titles, text fields and templates is not there', async () => {
	for (const tag of ['script', 'style', 'title', 'textarea', 'iframe', 'template']) {
		await webmention(
			{ html: `<${tag}><a rel="webmention" href="/no"></a></${tag}><a href="/in" rel="webmention">` },
			'https://example.net/in',
		)
	}
})
html('what is in an attribute is not there', () =>
	webmention({ html: `<p title='<link rel="webmention" href="/no">'>` }, undefined),
)
html('the first of the document counts, be it <a> or <link>', async () => {
	await webmention(
		{ html: '<a rel="webmention" href="/first"><link rel="webmention" href="/second">' },
		'https://example.net/first',
	)
	await webmention(
		{ html: '<link rel="webmention" href="/first"><a rel="webmention" href="/second">' },
		'https://example.net/first',
	)
})
html('an element without href is passed over', () =>
	webmention({ html: '<link rel="webmention"><a rel="webmention" href="/in">' }, 'https://example.net/in'),
)
html('an empty href is the page itself', () => webmention({ html: '<link rel="webmention" href="">' }, URL))
html('the query of an endpoint is kept, with its & in both spellings', () =>
	webmention({ html: '<link rel="webmention" href="/in?a=1&amp;b=2&c=3">' }, 'https://example.net/in?a=1&b=2&c=3'),
)
html('after a redirect the page is where it was found', () =>
	webmention(
		{ url: 'https://moved.example/deep/page', html: '<link rel="webmention" href="in">' },
		'https://moved.example/deep/in',
	),
)
html('<base> counts for links of the page, wherever it stands', () =>
	webmention(
		{ html: '<a rel="webmention" href="in"></a><base href="/else/"><base href="/third/">' },
		'https://example.net/else/in',
	),
)
html('only HTML is read', () =>
	webmention({ html: '<link rel="webmention" href="/in">', type: 'text/plain' }, undefined),
)
html('a page in another encoding is read', async () => {
	const body = Buffer.from('\ufeff<link rel="webmention" href="/in">', 'utf16le')
	const found = await discover({ url: URL, headers: new Headers(), type: 'text/html', charset: 'utf-16le', body })
	assert.is(found?.url, 'https://example.net/in')
	const broken = Buffer.from('<p>\xff\xfe<link rel="webmention" href="/in">', 'latin1')
	const read = await discover({ url: URL, headers: new Headers(), type: 'text/html', charset: 'klingon', body: broken })
	assert.is(read?.url, 'https://example.net/in')
})
html('a link that pieces of a long page cut is read whole', async () => {
	for (let size = 32_740; size < 32_770; size++) {
		const page = `<p>${'а'.repeat(size)}<link rel="webmention" href="/in">`
		await webmention({ html: page }, 'https://example.net/in')
	}
})
html.run()

const pingback = suite('discovery of pingback')

pingback('webmention comes first, wherever they stand', async () => {
	const headers: [string, string][] = [['X-Pingback', 'https://example.net/xmlrpc']]
	await webmention({ headers, html: '<a rel="webmention" href="/in">' }, 'https://example.net/in')
})
pingback('X-Pingback comes before <link>', async () => {
	const headers: [string, string][] = [['X-Pingback', 'https://example.net/xmlrpc']]
	assert.equal(await find({ headers, html: '<link rel="pingback" href="/other">' }), {
		kind: 'pingback',
		url: 'https://example.net/xmlrpc',
	})
})
pingback('<link> is found, <a> is none', async () => {
	assert.is(await find({ html: '<a rel="pingback" href="/no">' }), undefined)
	assert.equal(await find({ html: '<a rel="pingback" href="/no"><link rel="pingback" href="/xmlrpc?a=1&amp;b=2">' }), {
		kind: 'pingback',
		url: 'https://example.net/xmlrpc?a=1&b=2',
	})
})
pingback.run()

const hostile = suite('discovery in hostile pages')

/** Milliseconds that nobody else got a turn, at most. */
async function longestStop(work: () => Promise<unknown>): Promise<number> {
	let last = performance.now()
	let longest = 0
	const timer = setInterval(() => {
		longest = Math.max(longest, performance.now() - last)
		last = performance.now()
	}, 1)
	await work()
	clearInterval(timer)
	return Math.max(longest, performance.now() - last)
}

hostile('a megabyte of nesting, links, attributes or half a tag is read in pieces', async () => {
	const megabyte = 1024 * 1024
	const pages = [
		'<div>'.repeat(megabyte / 5),
		'<a rel="x" href="/">'.repeat(megabyte / 20),
		`<a ${Array.from({ length: 100_000 }, (_, n) => `a${n}=`).join(' ')}>`,
		'<'.repeat(megabyte),
		'&amp'.repeat(megabyte / 4),
		`<!--${'-'.repeat(megabyte)}`,
		`<a href="${'&lt'.repeat(megabyte / 3)}`,
	]
	for (const html of pages) {
		const stop = await longestStop(async () => assert.is(await find({ html }), undefined))
		assert.ok(stop < 100, `${html.slice(0, 10)}… held all others for ${stop} ms`)
	}
})

hostile('10,000 links before the endpoint hide it: the first thousand with a relation are looked at', async () => {
	const many = '<a rel="me" href="/me"></a>'
	await webmention({ html: `${many.repeat(900)}<a rel="webmention" href="/in">` }, 'https://example.net/in')
	await webmention(
		{ html: `${'<a href="/x"></a>'.repeat(10_000)}<a rel="webmention" href="/in">` },
		'https://example.net/in',
	)
	await webmention({ html: `${many.repeat(10_000)}<a rel="webmention" href="/in">` }, undefined)
})
hostile.run()
