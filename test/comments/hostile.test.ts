import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { atomProblems, jsonProblems, rssProblems } from '../feeds/rules.ts'
import { databases } from '../support/databases.ts'
import { type Node, parseHtml } from '../support/html.ts'
import { newReader, type OpenBlog, POST, startOpenBlog } from './reader.ts'

const PIECES = [
	...[
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'</textarea>',
		'</article>',
		'"',
		"'",
		'`',
		'<',
		'>',
		'&',
	],
	...[
		'<svg/onload=alert(1)>',
		'<a href="javascript:alert(1)">',
		'<!--',
		'-->',
		']]>',
		'<![CDATA[',
		'<iframe srcdoc=x>',
	],
	...[
		'javascript:alert(1)',
		'JaVaScRiPt:',
		'java\tscript:',
		'data:text/html,',
		'vbscript:',
		'&#106;avascript:',
		'//evil.example',
	],
	...[
		'[x](',
		')',
		'![',
		'](javascript:alert(1))',
		'](//evil.example)',
		'<javascript:alert(1)>',
		'[a]: javascript:alert(1)',
	],
	...[
		'https://a.example',
		'http://[::1',
		'https://a.example/"onmouseover=alert(1)',
		'mailto:a@b.co',
		'www.a.example',
		'%00',
		'%',
	],
	...[
		'*',
		'**',
		'_',
		'~~',
		'> ',
		'- ',
		'1. ',
		'```',
		'    ',
		'\n',
		'\n\n',
		'\r\n',
		'\t',
		'| a |',
		'# ',
		'---',
		'\\',
		'[^1]',
	],
	...[
		'\0',
		'\u202e',
		'\u2066',
		'\u200d',
		'\ufeff',
		'\ufffe',
		'\ud800',
		'\u0301',
		'👩‍👩‍👧',
		'ё',
		'слово',
		'{{x}}',
		'{{{x}}}',
		'${x}',
	],
	...['__proto__', 'constructor', "'; drop table comments; --", '1', '-1', 'a@b.co', '𝒳', '🙂', '\u2028', '\u001b[31m'],
]

const piece = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom(...PIECES) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
)
const value = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''))
const mostly = (good: string) => fc.oneof({ weight: 2, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: value })
const form = fc.record({
	name: mostly('Вера'),
	email: mostly('vera@example.org'),
	url: mostly('https://vera.example'),
	text: value,
	parent: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: value }),
})
/** Only these may be made by what a reader writes. */
const ELEMENTS = new Set([
	'a',
	'em',
	'strong',
	'b',
	'i',
	'code',
	'pre',
	'blockquote',
	'ul',
	'ol',
	'li',
	'p',
	'br',
	'del',
])

function isSafe(page: Node): void {
	for (const { attributes } of page.$$('*')) {
		assert.equal(
			Object.keys(attributes).filter((name) => /^(on|style$|srcdoc$)/i.test(name)),
			[],
		)
	}
	assert.ok(page.$$('script').every(({ attributes }) => attributes.src?.startsWith('/assets/') || attributes.type))
	assert.equal(page.$$('iframe, object, embed, base, meta[http-equiv=refresh]'), [])
	for (const content of page.$$('#comments .e-content, #comments .preview .prose')) {
		for (const element of content.$$('*')) {
			assert.ok(ELEMENTS.has(element.name), element.name)
			for (const name of Object.keys(element.attributes)) assert.ok(['href', 'rel'].includes(name), name)
		}
	}
	for (const { attributes } of page.$$('#comments .e-content a, #comments .preview .prose a, #comments .p-author a')) {
		assert.match(attributes.href!, /^(https?:\/\/|mailto:)/i)
		assert.ok(['http:', 'https:', 'mailto:'].includes(new URL(attributes.href!).protocol))
		assert.is(attributes.rel, 'nofollow ugc')
	}
	for (const { attributes } of page.$$('#comments a, #comments form')) {
		const address = attributes.href ?? attributes.action!
		assert.match(address, /^(https?:\/\/|mailto:|\/(?![/\\])|#)/i)
	}
	assert.is(page.$$('form#respond').length, 1)
	assert.is(page.$$('form#respond textarea').length, 1)
	assert.ok(page.$('footer'), 'the page goes on to its end')
}

for (const database of databases) {
	const test = suite(`whatever is sent on ${database.name}`)
	let blog: OpenBlog
	test.before(async () => {
		blog = await startOpenBlog(database)
	})
	test.after(() => blog.close())

	test('a comment is shown, refused or given back: safely, and without a fault of ours', async () => {
		let shown = 0
		await fc.assert(
			fc.asyncProperty(form, fc.boolean(), async (fields, preview) => {
				const reader = newReader(blog)
				const answer = await reader.send(preview ? { ...fields, preview: '1' } : fields)
				assert.ok([200, 303, 403, 409, 422].includes(answer.status), `${answer.status}`)
				if (answer.status !== 303) return isSafe(parseHtml(answer.text))
				assert.match(answer.headers.location!, new RegExp(`^${POST}(\\?comments=\\d+)?#comment-\\d+$`))
				const page = await reader.html(answer.headers.location!.split('#')[0]!)
				isSafe(page)
				shown += page.$$('.comment.held').length
				// The page stays short.
				await blog.db.deleteFrom('comments').where('status', '!=', 'approved').execute()
			}),
			{ numRuns: 250 },
		)
		assert.ok(shown > 0, 'none was shown')
		assert.equal(
			blog.logs.filter(({ level }) => Number(level) >= 50),
			[],
		)
	})

	test('what is approved does no harm in feeds, widgets and listings either', async () => {
		await fc.assert(
			fc.asyncProperty(form, async (fields) => {
				const reader = newReader(blog)
				const answer = await reader.send({ ...fields, parent: '' })
				if (answer.status !== 303) return
				await blog.db.updateTable('comments').set({ status: 'approved' }).where('name', '!=', 'John').execute()
				assert.equal(rssProblems((await blog.get(`${POST}feed/`)).text), [])
				assert.equal(atomProblems((await blog.get('/ru/comments/feed/atom/')).text), [])
				assert.equal(jsonProblems((await blog.get('/ru/comments/feed/json/')).text), [])
				isSafe(await blog.html(POST))
				await blog.db.deleteFrom('comments').where('id', '>', blog.seeded.responses.spam).execute()
			}),
			{ numRuns: 60 },
		)
	})

	test.run()
}
