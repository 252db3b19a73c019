import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { axe, openPage } from '../support/browser.ts'

const PAGE = `<!doctype html><html lang="ru"><title>Проба</title><main><h1>Отклик</h1><p>Ёлка «щука» ЪЫЭЮЯ</p>BODY</main>`
const server = createServer((request, response) => {
	response.setHeader('content-type', 'text/html; charset=utf-8')
	response.setHeader('content-security-policy', "default-src 'self'; script-src 'none'; img-src *")
	response.end(
		PAGE.replace('BODY', decodeURIComponent(new URL(request.url!, 'http://a').searchParams.get('body') ?? '')),
	)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = (body: string) =>
	`http://127.0.0.1:${(server.address() as AddressInfo).port}/?body=${encodeURIComponent(encodeURIComponent(body))}`

test('Cyrillic letters have glyphs of their own', async () => {
	const { page, close } = await openPage(url('<pre>Ж</pre><pre>Щ</pre><pre>&#xE000;</pre>'))
	const [first, second, missing] = await Promise.all(
		(await page.locator('pre').all()).map((element) => element.screenshot()),
	)
	assert.not.ok(first!.equals(second!))
	assert.not.ok(first!.equals(missing!))
	await close()
})

test('axe names what is wrong under a strict CSP', async () => {
	const { page, close } = await openPage(url('<img src="/a.png">'))
	assert.ok((await axe(page)).some((line) => line.startsWith('image-alt: ')))
	await close()
})

test('without script the page still shows and can be asked about', async () => {
	const { page, close } = await openPage(url('<noscript>без сценариев</noscript>'), { javaScript: false })
	assert.is(await page.locator('noscript').innerText(), 'без сценариев')
	await close()
})

test('a plain good page has no violation', async () => {
	const { page, thirdPartyRequests, close } = await openPage(url(''))
	assert.equal(await axe(page), [])
	assert.equal(thirdPartyRequests, [])
	await close()
})

test('a request to another origin is noticed and goes nowhere', async () => {
	const { thirdPartyRequests, problems, close } = await openPage(
		url('<img src="https://example.com/pixel.png" alt="">'),
	)
	assert.equal(thirdPartyRequests, ['https://example.com/pixel.png'])
	assert.match(problems.join(), 'ERR_NAME_NOT_RESOLVED')
	await close()
})

test('an error of the CSP is noticed', async () => {
	const { problems, close } = await openPage(url('<p onclick="1">a</p><script>1</script>'))
	assert.match(problems.join(), 'Content Security Policy')
	await close()
})

test('width, darkness and language are as asked', async () => {
	const { page, close } = await openPage(url(''), { width: 320, dark: true, locale: 'en-GB' })
	const seen = 'JSON.stringify([innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, navigator.language])'
	assert.is(await page.evaluate(seen), '[320,true,"en-GB"]')
	await close()
})

test.after(() => void server.close())

test.run()
