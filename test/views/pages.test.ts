import { globSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadTheme, type Templates, type Theme } from '../../src/views/theme.ts'
import { models } from './models.ts'

const test = suite('pages of the themes')
const THEMES = ['default', 'classic']

function templateOf(model: object): keyof Templates {
	if ('post' in model) return 'post'
	if ('results' in model) return 'search'
	return 'status' in model ? 'error' : 'listing'
}

function compressed(theme: Theme, extension: string): number {
	const bodies = [...theme.assets].filter(([url]) => url.endsWith(extension)).map(([, { body }]) => body)
	return bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0)
}

for (const name of THEMES) {
	const theme = loadTheme(name)
	for (const locale of ['ru', 'en'] as const) {
		const { t, ...pages } = models(locale)
		for (const [page, model] of Object.entries(pages)) {
			const html = String(theme.render(templateOf(model), model as never, t))

			test(`${name}: ${locale} ${page} has one h1, ids that don't repeat, and no inline style or script`, () => {
				assert.is(html.match(/<h1[ >]/g)?.length, 1)
				const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
				assert.equal(ids, [...new Set(ids)])
				assert.not.match(html, / (style|on\w+)="|<style|<script>|javascript:/)
			})

			test(`${name}: ${locale} ${page} shows no bare key`, () => {
				assert.not.match(html, /\b(site|listing|calendar|widgets|post|responses|search|errors|theme)\.[a-z]\w+</i)
			})
		}
	}

	test(`${name}: a post has the hooks and microformats that others rely on`, () => {
		const { t, post } = models('ru')
		const html = String(theme.render('post', post, t))
		for (const hook of ['<section id="comments"', 'id="comment-7" class="comment p-comment h-cite comment held"']) {
			assert.match(html, hook)
		}
		assert.match(html, /id="comment-8"[^>]* lang="en"/)
		for (const nav of ['languages', 'share', 'filter']) assert.match(html, `<nav class="${nav}"`)
		const properties = 'h-entry p-name e-content dt-published dt-updated u-url p-author h-card p-category'.split(' ')
		for (const property of properties) assert.match(html, new RegExp(`class="([^"]* )?${property}[ "]`))
	})

	test(`${name}: a listing has the calendar with its caption, and links to the pages around`, () => {
		const { t, home } = models('ru')
		const html = String(theme.render('listing', home, t))
		assert.match(html, /<nav [^>]*aria-label="Календарь записей">\s*<table class="calendar">\s*<caption>.*Февраль 2025/)
		assert.match(html, /<a href="\/ru\/2025\/02\/26\/" aria-label="Записи за 26 февраля 2025 г\.">26<\/a>/)
		assert.match(html, /« Июл<\/a>\s*<a [^>]*>Сен »<\/a>/)
		assert.match(html, /<nav class="pages"[^>]*>\s*<a [^>]*rel="prev"/)
		assert.match(html, /<div class="h-feed">/)
		assert.match(html, /class="p-summary /)
	})

	test(`${name}: a wrong password is told by an alert, joined to its field`, () => {
		const { t, locked } = models('ru')
		const html = String(theme.render('post', locked, t))
		assert.match(html, /role="alert" id="unlock-error"/)
		assert.match(html, /type="password"[^>]* aria-describedby="unlock-error"/)
	})

	test(`${name}: styles are at most 15 KB compressed, the script 6 KB`, () => {
		assert.ok(compressed(theme, '.css') <= 15_000, String(compressed(theme, '.css')))
		assert.ok(compressed(theme, '.js') <= 6_000, String(compressed(theme, '.js')))
	})
}

test('styles know no left and right, so that a page may run from right to left', () => {
	for (const file of globSync('themes/*/assets/**/*.css')) {
		const css = readFileSync(file, 'utf8').replace(/\/\*.*?\*\/|\[[^\]]*\]/gs, '')
		assert.not.match(css, /(?<![\w.-])(?:margin-|padding-|border-)?(?:left|right)\b/, file)
		const four = css.match(/(?:margin|padding|inset|border-width|border-color): *(?:[\w.%-]+ +){3}[^;]+;/g)
		assert.is(four, null, `${file}: ${four}`)
	}
})

test('themes ask nothing of other servers', () => {
	const own = globSync('themes/**/*.{hbs,css,js,svg,json}')
	assert.ok(own.length > 50)
	for (const file of own) {
		const text = readFileSync(file, 'utf8').replaceAll('http://www.w3.org/', '')
		assert.not.match(text, /(?:src|href|url|import|fetch)\b[^\n]{0,3}["'(]\s*(?:https?:)?\/\/\w/, file)
	}
})

test.run()
