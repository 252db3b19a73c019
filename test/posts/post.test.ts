import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { alternates, siblingPages } from '../../src/posts/alternates.ts'
import { permalink } from '../../src/posts/permalink.ts'
import { isOutdated, isVisible, readingMinutes } from '../../src/posts/post.ts'
import { isSame, unlockKey } from '../../src/posts/unlock.ts'

test('only what is published, and whose time has come, is visible', () => {
	assert.ok(isVisible({ status: 'published', published_at: 10 }, 10))
	assert.not(isVisible({ status: 'published', published_at: 11 }, 10))
	assert.not(isVisible({ status: 'published', published_at: null }, 10))
	for (const status of ['draft', 'private', 'trash'] as const) assert.not(isVisible({ status, published_at: 1 }, 10))
})

test('reading takes a minute at least', () => {
	assert.equal([0, 1, 180, 269, 270, 1800].map(readingMinutes), [1, 1, 1, 1, 2, 10])
})

test('a translation is out of date when its source has moved on', () => {
	const made = (source_revision: number | null) => ({ source_locale: 'ru', source_revision })
	assert.not(isOutdated(made(3), { major_revision: 3 }))
	assert.ok(isOutdated(made(3), { major_revision: 4 }))
	assert.not(isOutdated(made(3), undefined))
})

test('an address is made of what is stored, and encoded', () => {
	const post = { kind: 'post', locale: 'ru', slug: 'книга', year: 2025, month: 2 } as const
	assert.is(permalink(post), '/ru/2025/02/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0/')
	assert.is(permalink({ ...post, kind: 'page', year: null, month: null }), '/ru/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B0/')
})

test('x-default is the default language, else the first; one language alone has no alternates', () => {
	const [ru, en, de] = ['ru', 'en', 'de'].map((locale) => ({ locale, path: `/${locale}/` }))
	const main = (siblings: { locale: string; path: string }[]) =>
		alternates(siblings, ['ru', 'en', 'de'], 'https://blog.example').find(({ hreflang }) => hreflang === 'x-default')
			?.href
	assert.is(main([en!, ru!]), 'https://blog.example/ru/')
	assert.is(main([en!, de!]), 'https://blog.example/en/')
	assert.equal(alternates([ru!], ['ru', 'en'], 'https://blog.example'), [])
	const post = { kind: 'page', slug: 'a', year: null, month: null } as const
	const siblings = [
		{ ...post, locale: 'fr' },
		{ ...post, locale: 'en' },
		{ ...post, locale: 'ru' },
	]
	assert.equal(
		siblingPages(siblings, ['ru', 'en']).map(({ locale }) => locale),
		['ru', 'en'],
	)
})

test('the key of a protected post ends with its password, and is no other post’s', () => {
	const key = unlockKey('secret', { id: 1, password: 'сезам' })
	assert.is(key, unlockKey('secret', { id: 1, password: 'сезам' }))
	for (const other of [
		unlockKey('secret', { id: 2, password: 'сезам' }),
		unlockKey('secret', { id: 1, password: 'тыква' }),
		unlockKey('other', { id: 1, password: 'сезам' }),
	]) {
		assert.not(isSame(key, other))
	}
	assert.ok(isSame('', ''))
	assert.not(isSame('a', 'aa'))
})

test.run()
