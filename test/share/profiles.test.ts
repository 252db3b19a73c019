import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { profileIcon, profileLinks } from '../../src/share/profiles.ts'

const icons = new URL('../../themes/default/icons/', import.meta.url)

test('the icon is the one of the service, under any of its hosts', () => {
	const known: [string, string][] = [
		['https://t.me/otklik', 'telegram'],
		['https://www.youtube.com/@otklik', 'youtube'],
		['https://otklik.livejournal.com/', 'livejournal'],
		['https://vk.com/otklik', 'vk'],
		['https://dzen.ru/otklik', 'dzen'],
		['https://twitter.com/otklik', 'twitter'],
		['https://x.com/otklik', 'x'],
		['https://social.example/@otklik', 'mastodon'],
		['mailto:a@blog.example', 'email'],
	]
	for (const [address, icon] of known) {
		assert.is(profileIcon(address), icon)
		assert.ok(existsSync(new URL(`${icon}.svg`, icons)), icon)
	}
})

test('a host that only looks like a service is a website', () => {
	for (const address of ['https://not-vk.com/', 'https://vk.com.evil.example/', 'https://netflix.com/', 'nonsense']) {
		assert.is(profileIcon(address), 'website')
	}
})

test('profiles link with rel=me, and what is no link is left out', () => {
	assert.equal(
		profileLinks([
			{ label: 'Телеграм', url: 'https://t.me/otklik' },
			{ label: 'x', url: 'javascript:alert(1)' },
			{ label: 'y', url: '' },
		]),
		[{ href: 'https://t.me/otklik', text: 'Телеграм', icon: 'telegram', rel: 'me' }],
	)
})

test('every icon is one path of the colour of the text on 24 by 24', () => {
	for (const name of readdirSync(icons)) {
		const svg = readFileSync(new URL(name, icons), 'utf8')
		assert.match(svg, /^<svg [^>]*viewBox="0 0 24 24" fill="currentColor"><path d="[^"]+"\/><\/svg>\n$/, name)
	}
})

test.run()
