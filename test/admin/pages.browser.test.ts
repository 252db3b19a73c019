import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emailLink, passwordLink } from '../../src/authors/links.ts'
import { SECTIONS } from '../../src/settings/sections.ts'
import { photo, uploadJson } from '../media/uploads.ts'
import { axe, openPage } from '../support/browser.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { shoot } from '../support/shots.ts'
import { filled, openDesk, PASSWORD, startDesks } from './desk.ts'
import { MATRIX, type Thing } from './matrix.ts'

const test = suite('every page of the authors')
const blog = await startDesks(databases[0]!)
const anna = await openDesk(blog, 'anna@example.org')
const { posts, responses, authors, terms } = blog.seeded

/** What is read under /admin/ and is no page. */
const NO_PAGES = [
	'posts/slug/',
	'posts/:number/:locale/draft/',
	'posts/:number/:locale/translate/xliff/',
	'backup/:number/',
	'import/:number/events/',
]

/** What `:number` is, by the beginning of the address. */
const NUMBERS = new Map<Thing | 'import', number>()

/** Pages that are opened by a link from a letter. */
const LINKS = new Map<string, string>()

test.before(async () => {
	const path = `/admin/posts/${posts.conference}/ru/`
	await anna.post(path, { ...filled(await anna.html(path), '#editor'), text: 'Один абзац.\n\nИ другой, *новый*.' })
	await anna.post('/admin/people/', { name: 'Вера', address: 'vera@example.org', role: 'editor' })
	await anna.post('/admin/account/programs/', { name: 'Редактор', current: PASSWORD, kind: 'password' })
	const [picture] = await uploadJson(blog, anna, [
		{ name: 'Снег.jpg', content: await photo(640, 480).jpeg().toBuffer() },
	])
	const run = { name: 'blog.xml', file: '/nowhere', options: '{}', state: 'failed' as const, error: 'No such file.' }
	const { id } = await blog.db
		.insertInto('import_runs')
		.values({ ...run, author_id: authors.anna, created_at: NOW, touched_at: NOW })
		.returning('id')
		.executeTakeFirstOrThrow()
	NUMBERS.set('post', posts.conference).set('media', picture!.id).set('response', responses.held)
	const linking = { db: blog.db, siteUrl: '', now: NOW }
	LINKS.set('setup/', await passwordLink(linking, authors.boris))
	LINKS.set('account/email/', await emailLink(linking, authors.anna, 'anna.new@example.org'))
	NUMBERS.set('person', authors.boris).set('term', terms.conferences).set('import', id)
})

/** The addresses of a route, all sections of the settings among them. */
function addressesOf(route: string): string[] {
	const link = LINKS.get(route)
	if (link) return [link]
	const { thing } = MATRIX[`GET ${route}`]!
	const number = NUMBERS.get(route.startsWith('import/') ? 'import' : thing!)
	const address = route.replace(':number', String(number)).replace(':theme', 'classic').replace(':locale', 'en')
	const sections = SECTIONS.map(({ name }) => name).filter((name) => name !== '')
	const all = address.includes(':section') ? sections.map((name) => address.replace(':section', name)) : [address]
	return all.map((path) => `/admin/${path}`)
}

const PAGES = Object.keys(MATRIX)
	.filter((route) => route.startsWith('GET '))
	.map((route) => route.slice('GET '.length))
	.filter((route) => !NO_PAGES.includes(route))
const isAnyones = (route: string) => MATRIX[`GET ${route}`]!.who === 'all'

/** What is wrong with a page as it stands in the browser. */
async function faultsOf(page: Page, name: string, rules?: string[]): Promise<string[]> {
	const found = await axe(page, rules ? { runOnly: rules } : {})
	return found.map((fault) => `${name}: ${fault}`)
}

/** Labels that are seen while their fields aren't; where the editor stands in for the text's own field it is seen. */
async function unfilledOf(page: Page, name: string): Promise<string[]> {
	const labels = await page.evaluate<string[]>(`[...document.querySelectorAll('label')]
		.filter((label) => label.checkVisibility() && label.control && label.control.id !== 'text')
		.filter((label) => !label.control.checkVisibility())
		.map((label) => label.textContent.trim())`)
	return labels.map((label) => `${name} has no field for ${label}`)
}

async function overhangOf(page: Page, name: string): Promise<string[]> {
	const overhang = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
	return overhang > 0 ? [`${name} is ${overhang}px too wide`] : []
}

for (const [locale, width, scheme] of [
	['ru', 320, 'light'],
	['en', 1280, 'dark'],
] as const) {
	for (const who of ['anybody', 'the owner']) {
		const routes = PAGES.filter((route) => isAnyones(route) === (who === 'anybody'))

		test(`is accessible and fits a phone: ${who}, ${locale}, ${width} px, ${scheme}`, async () => {
			await blog.db.updateTable('authors').set({ language: locale }).where('slug', '=', 'anna').execute()
			const { page, problems, thirdPartyRequests, close } = await openPage(`${blog.url}/admin/login/`, {
				width,
				locale,
			})
			if (who === 'the owner') {
				const [name = '', value = ''] = anna.cookie.split('=')
				await page.context().addCookies([{ name, value, url: blog.url }])
			}
			const faults: string[] = []
			for (const path of routes.flatMap(addressesOf)) {
				await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
				await page.setViewportSize({ width, height: 900 })
				const answer = await page.goto(blog.url + path)
				const isPage = answer!.headers()['content-type']?.startsWith('text/html')
				assert.ok(isPage && answer!.ok(), `${path} answered ${answer!.status()}: ${answer!.url()}`)
				if (!path.includes('/themes/')) assert.is(await page.getAttribute('html', 'lang'), locale, path)
				faults.push(...(await faultsOf(page, path)), ...(await unfilledOf(page, path)))
				await shoot(page, `${locale}-${width}${path.replace(/\?.*/, '').replaceAll('/', '-')}`)
				// By words all has been looked at in the light; in the dark only the colours are others.
				if (scheme === 'light') {
					await page.emulateMedia({ colorScheme: 'dark' })
					faults.push(...(await faultsOf(page, `${path} in the dark`, ['color-contrast'])))
				}
				await page.setViewportSize({ width: 320, height: 900 })
				faults.push(...(await overhangOf(page, path)))
			}
			assert.equal(faults, [])
			assert.equal([problems, thirdPartyRequests], [[], []])
			await close()
		})
	}
}

test.after(() => blog.close())

test.run()
