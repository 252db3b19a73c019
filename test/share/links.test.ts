import { existsSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { loadCatalog } from '../../src/i18n/catalog.ts'
import { shareLinks } from '../../src/share/links.ts'

const page = { url: 'https://blog.example/ru/2010/03/книга/?a=1&b=2', title: 'Книга & «мир» 100% + ещё' }
const ru = loadCatalog(['ru', 'en']).translator('ru')

function linkTo(icon: string) {
	return shareLinks(page, ru).find((link) => link.icon === icon)!
}

test('each service gets the address and the title whole', () => {
	const places: [string, string, string, string?][] = [
		['telegram', 'https://t.me/share/url', 'url', 'text'],
		['vk', 'https://vk.com/share.php', 'url', 'title'],
		['ok', 'https://connect.ok.ru/offer', 'url', 'title'],
		['x', 'https://x.com/intent/post', 'url', 'text'],
		['facebook', 'https://www.facebook.com/sharer/sharer.php', 'u'],
		['linkedin', 'https://www.linkedin.com/sharing/share-offsite/', 'url'],
	]
	for (const [icon, address, urlField, titleField] of places) {
		const { origin, pathname, searchParams } = new URL(linkTo(icon).href)
		assert.is(origin + pathname, address)
		assert.is(searchParams.get(urlField), page.url)
		if (titleField) assert.is(searchParams.get(titleField), page.title)
	}
})

test('WhatsApp and e-mail get both in their text, spaces as %20', () => {
	assert.is(new URL(linkTo('whatsapp').href).searchParams.get('text'), `${page.title} ${page.url}`)
	const mail = new URL(linkTo('email').href)
	assert.is(mail.protocol, 'mailto:')
	assert.is(mail.searchParams.get('subject'), page.title)
	assert.is(mail.searchParams.get('body'), `${page.title}\r\n\r\n${page.url}`)
	for (const { href } of shareLinks(page, ru)) assert.match(href, /^[\x21-\x7e]+$/)
	assert.not.match(mail.search, /\+/)
})

test('every link is named in the language of the page and has its icon', () => {
	assert.is(linkTo('vk').label, 'Поделиться во ВКонтакте')
	for (const { name, label, icon } of shareLinks(page, ru)) {
		assert.not.match(name + label, /share\./)
		assert.ok(existsSync(new URL(`../../themes/default/icons/${icon}.svg`, import.meta.url)), icon)
	}
})

test('a broken title breaks no link', () => {
	assert.is(shareLinks({ url: page.url, title: 'a\ud800' }, ru).length, 8)
})

test.run()
