import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { countedOf } from '../../src/traffic/view.ts'

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const SITE = { languages: ['ru', 'en'], siteUrl: 'https://blog.example' }

const counted = (path: string, more: object = {}) =>
	countedOf({ path, userAgent: BROWSER, dnt: false, ip: '192.0.2.1', ...more }, SITE)

test('pages of the languages are counted, all else is not', () => {
	for (const path of ['/ru/', '/en/2025/02/slug/', '/ru/tag/books/page/2/'])
		assert.is(counted(path)?.kind, 'view', path)
	for (const path of ['/', '/admin/', '/de/', '/media/a.jpg', '/ru/file', '/ru/search/', '/ru/subscriptions/abc/']) {
		assert.is(counted(path), undefined, path)
	}
})

test('an address is counted as one, however it is spelled', () => {
	assert.is(counted('/ru/%D0%B0/')?.path, '/ru/а/')
	assert.is(counted('/r%75/')?.path, '/ru/')
	assert.is(counted('/ru/%ff/'), undefined)
})

test('of where a reader came from only the host is counted, and only if it is elsewhere', () => {
	const from = (referrer: string) => counted('/ru/', { referrer })?.referrer
	assert.is(from('https://www.example.org/private?token=1#x'), 'example.org')
	assert.is(from('https://blog.example/ru/'), undefined)
	for (const nonsense of ['', 'about:blank', 'android-app://x', '%%%']) assert.is(from(nonsense), undefined)
})

test('who asks not to be counted is not, nor are robots', () => {
	assert.is(counted('/ru/', { dnt: true }), undefined)
	assert.is(counted('/ru/feed/', { dnt: true }), undefined)
	for (const userAgent of [
		'',
		'Googlebot/2.1',
		'curl/8.0',
		'Mozilla/5.0 HeadlessChrome/130',
		'facebookexternalhit/1.1',
	]) {
		assert.is(counted('/ru/', { userAgent }), undefined, userAgent)
	}
})

test('a service that reads a feed for many says for how many', () => {
	const service = (userAgent: string) => counted('/ru/feed/', { userAgent })?.service
	assert.equal(service('Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers; like FeedFetcher-Google)'), {
		name: 'Feedly',
		subscribers: 12,
	})
	assert.equal(service('Feedbin feed-id:77 - 1 subscribers')?.subscribers, 1)
	assert.is(service('NetNewsWire (RSS Reader; https://netnewswire.com/)'), undefined)
	assert.is(counted('/ru/tag/x/feed/atom/', { userAgent: 'NetNewsWire' })?.kind, 'feed')
})

test.run()
