import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseLinkHeader } from '../../../src/mentions/out/link-header.ts'

const test = suite('Link headers')

const href = fc.string({ unit: 'binary-ascii' }).map((text) => text.replace(/[>\p{Cc}]/gu, '').trim())
const rel = fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/)
const title = fc.string({ unit: 'binary-ascii' }).map((text) => text.replace(/\p{Cc}/gu, ''))
const written = fc.record({ href, rels: fc.array(rel, { minLength: 1, maxLength: 4 }), title, quoted: fc.boolean() })

function write({
	href,
	rels,
	title,
	quoted,
}: {
	href: string
	rels: string[]
	title: string
	quoted: boolean
}): string {
	const value = quoted || rels.length > 1 ? `"${rels.join(' ')}"` : rels[0]
	return `<${href}>; title="${title.replace(/["\\]/g, '\\$&')}" ;rel = ${value}`
}

test('what is written is read', () => {
	fc.assert(
		fc.property(fc.array(written), (links) => {
			assert.equal(
				parseLinkHeader(links.map(write).join(', ')),
				links.map(({ href, rels }) => ({ href, rels })),
			)
		}),
	)
})

test('anything else is read without an error, and each link is one that stands there', () => {
	const noise = fc.array(fc.constantFrom('<', '>', '"', '\\', ';', ',', '=', ' ', 'rel', 'webmention', '/a', 'anchor'))
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				noise.map((parts) => parts.join('')),
			),
			(header) => {
				for (const { href } of parseLinkHeader(header)) assert.ok(header.includes(`<`) && header.includes(href))
			},
		),
	)
})

test('a link after nonsense is read', () => {
	for (const nonsense of ['nonsense', 'a=b; c', '>', '"', '<unfinished, ', '; rel=webmention']) {
		assert.equal(parseLinkHeader(`${nonsense.replace('<unfinished', 'unfinished')}, </in>; rel=webmention`).at(-1), {
			href: '/in',
			rels: ['webmention'],
		})
	}
})

test('16 KB of anything take a moment', () => {
	const start = performance.now()
	for (const part of ['<', '>', '"', '\\', ';', ',', '=', ' ', '<a>;', '<a>;rel="', '; rel=', '<>,', '<,', ';;', '\\"'])
		for (const head of ['', '<a>', '<a>;rel="']) parseLinkHeader(head + part.repeat(16_384 / part.length))
	assert.ok(performance.now() - start < 1000)
})

test.run()
