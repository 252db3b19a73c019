import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadTheme } from '../../src/views/theme.ts'
import { axe, openPage } from '../support/browser.ts'
import { models } from './models.ts'

const test = suite('themes in a browser')
const { t, home, post } = models('ru')
const themes = ['default', 'classic'].map((name) => loadTheme(name))
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 5"/>'

/** `/NAME/home` and `/NAME/post`, under a policy that forbids all that is inline. */
const server = createServer((request, response) => {
	const path = request.url!.split('?')[0]!
	const asset = themes.map(({ assets }) => assets.get(path)).find(Boolean)
	const [, name, page] = path.split('/')
	const theme = themes.find((theme) => theme.name === name)
	const html = () => String(page === 'post' ? theme!.render('post', post, t) : theme!.render('listing', home, t))
	const type = asset?.type ?? (path.endsWith('.svg') ? 'image/svg+xml' : 'text/html; charset=utf-8')
	response.setHeader('content-type', type)
	response.setHeader('content-security-policy', "default-src 'self'")
	response.end(asset?.body ?? (path.endsWith('.svg') || !theme ? PICTURE : html()))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://localhost:${(server.address() as AddressInfo).port}`

for (const { name } of themes) {
	for (const [width, dark] of [
		[1280, false],
		[320, true],
	] as const) {
		for (const kind of ['home', 'post']) {
			test(`${name}: ${kind} is accessible and fits at ${width} px, ${dark ? 'dark' : 'light'}`, async () => {
				const { page, problems, thirdPartyRequests, close } = await openPage(`${origin}/${name}/${kind}`, {
					width,
					dark,
				})
				assert.equal(await axe(page), [])
				const excess = 'document.documentElement.scrollWidth - innerWidth'
				assert.is(await page.evaluate(excess), 0)
				assert.equal([problems, thirdPartyRequests], [[], []])
				await close()
			})
		}
	}
}

test('the switcher remembers the language that a reader chose, and nothing else does', async () => {
	const { page, close } = await openPage(`${origin}/default/home`)
	assert.equal(await page.context().cookies(), [])
	await page.click('.languages a[hreflang=en]')
	const [cookie] = await page.context().cookies()
	assert.equal([cookie!.name, cookie!.value, cookie!.path, cookie!.sameSite], ['lang', 'en', '/', 'Lax'])
	await close()
})

test('the link of a post is copied, and that is told politely', async () => {
	const { page, close } = await openPage(`${origin}/default/post`)
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
	await page.click('.share [data-share=copy]')
	await page.getByRole('status').filter({ hasText: 'Ссылка скопирована' }).waitFor()
	assert.is(await page.evaluate('navigator.clipboard.readText()'), post.post.share!.url)
	await close()
})

test("sharing on Mastodon asks for the reader's server once and opens it", async () => {
	const { page, close } = await openPage(`${origin}/default/post`)
	await page.evaluate('window.open = (address) => { window.opened = address }')
	await page.click('.share [data-share=mastodon]')
	await page.getByLabel('Ваш сервер Mastodon').fill('https://mastodon.ml/@anna')
	await page.keyboard.press('Enter')
	const opened = new URL(String(await page.evaluate('window.opened')))
	assert.is(opened.origin + opened.pathname, 'https://mastodon.ml/share')
	const text = opened.searchParams.get('text')
	assert.is(text, `${post.post.title} ${post.post.share!.url}`)
	await page.click('.share [data-share=mastodon]')
	assert.is(await page.getByLabel('Ваш сервер Mastodon').inputValue(), 'mastodon.ml')
	await close()
})

test('without script there are only the links that work without it', async () => {
	const { page, close } = await openPage(`${origin}/default/post`, { javaScript: false })
	assert.is(await page.locator('.share a').count(), 8)
	assert.is(await page.locator('.share button').count(), 0)
	await close()
})

test.run()
