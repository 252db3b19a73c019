import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { changeTranslation } from '../../src/posts/save.ts'
import { type Desk, type DeskBlog, faultsOf, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import type { Node } from '../support/html.ts'

type Form = Record<string, string[]>

/** What the form of a section holds as it is shown. */
async function formOf(desk: Desk, section: string): Promise<Form> {
	const page = await desk.html(`/admin/settings/${section}`)
	const fields = [
		...page.$$('main form input').filter(({ attributes }) => isSent(attributes)),
		...page.$$('main form textarea'),
	]
	const grouped = Map.groupBy(fields, ({ attributes }) => attributes.name!)
	return Object.fromEntries([...grouped].map(([name, all]) => [name, all.map(typed)]))
}

function isSent({ type, checked }: Record<string, string | undefined>): boolean {
	return !['checkbox', 'radio'].includes(type ?? '') || checked !== undefined
}

/** Without the spaces that don't break. */
function plain(text: string): string {
	return text.replaceAll('\u00a0', ' ')
}

function typed({ attributes, text }: Node): string {
	return attributes.value ?? text
}

/** Sends a section as it is shown with some fields changed; `undefined` unticks. */
async function save(desk: Desk, section: string, changes: Record<string, string | string[] | undefined>) {
	const form = { ...(await formOf(desk, section)), ...changes }
	const sent = Object.entries(form).filter((pair): pair is [string, string | string[]] => pair[1] !== undefined)
	return desk.post(`/admin/settings/${section}`, Object.fromEntries(sent))
}

for (const database of databases) {
	const test = suite(`settings on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk

	test.before.each(async () => {
		blog = await startDesks(database)
		anna = await openDesk(blog, 'anna@example.org')
	})
	test.after.each(() => blog.close())

	const menu = async (path: string) => (await blog.html(path)).$$('nav.menu a').map(({ text }) => plain(text))

	test('title, tagline and texts are told in each language at once', async () => {
		const answer = await save(anna, '', {
			'title-ru': 'Новое имя',
			'tagline-ru': '',
			'footer-ru': 'Пишите **письма** <script>alert(1)</script>',
			'respondNote-en': 'Be [kind](/en/about/).',
		})
		assert.is(answer.status, 303)
		const ru = await blog.html('/ru/')
		assert.is(ru.$('.site-title')?.text, 'Новое имя')
		assert.is(ru.$('.tagline'), undefined)
		assert.match(ru.$('.colophon .own')?.text ?? '', 'Пишите письма')
		assert.is(ru.$('.colophon script'), undefined)
		const post = await blog.html('/en/2025/02/egov-2-0-conference/')
		assert.is(post.$('#respond .note-above a')?.attributes.href, '/en/about/')
		assert.is(post.$('.colophon .own'), undefined)
		assert.is(post.$('.site-title')?.text, "Anna's blog")
	})

	test('what is wrong is told beside the field, keeps what was typed and stores nothing', async () => {
		const answer = await save(anna, '', { 'title-ru': ' ', 'tagline-en': 'x'.repeat(301), 'footer-ru': 'Цело' })
		assert.is(answer.status, 422)
		assert.match(answer.text, 'Цело')
		assert.match(answer.text, 'id="title-ru-error"')
		assert.match(answer.text, 'id="tagline-en-error"')
		assert.is((await blog.html('/ru/')).$('.colophon .own'), undefined)
	})

	test('a menu follows its pages, and takes what else it is given', async () => {
		assert.equal(await menu('/ru/'), ['О блоге'])
		await save(anna, 'menus/', {
			'href-ru': ['/ru/kontakty/', 'https://example.org/', '/ru/o-bloge/'],
			'text-ru': ['', 'Друзья', 'Обо мне'],
		})
		assert.equal(await menu('/ru/'), ['Контакты', 'Друзья', 'Обо мне'])
		assert.equal(await menu('/en/'), ['About'])
		const contacts = blog.db.selectFrom('translations').select('id').where('slug', '=', 'kontakty')
		const { id } = await contacts.executeTakeFirstOrThrow()
		await changeTranslation({ db: blog.db, timezone: 'Europe/Moscow', now: NOW }, id, { title: 'Адреса' })
		assert.equal(await menu('/ru/'), ['Адреса', 'Друзья', 'Обо мне'])
		await save(anna, 'menus/', { move: 'ru/2:up' })
		assert.equal(await menu('/ru/'), ['Адреса', 'Обо мне', 'Друзья'])
		await save(anna, 'menus/', { move: 'ru/0:remove' })
		assert.equal(await menu('/ru/'), ['Обо мне', 'Друзья'])
		await save(anna, 'menus/', { 'own-ru': undefined })
		assert.equal(await menu('/ru/'), ['О блоге'])
	})

	test('a menu takes no dangerous addresses and no links without a text', async () => {
		for (const href of ['javascript:alert(1)', '//evil.example/', 'ru/about', '/\\evil.example']) {
			const answer = await save(anna, 'menus/', { 'href-ru': [href], 'text-ru': ['Текст'] })
			assert.is(answer.status, 422, href)
		}
		assert.is((await save(anna, 'menus/', { 'href-ru': ['https://a.example/'], 'text-ru': [''] })).status, 422)
	})

	test('links to the author stand in the header in their order', async () => {
		const profiles = async () =>
			(await blog.html('/en/')).$$('nav.profiles a').map(({ text, attributes }) => `${text} ${attributes.href}`)
		await save(anna, 'profiles/', {
			url: ['https://t.me/anna', 'https://youtube.com/@anna', ''],
			label: ['Телега', '', ''],
		})
		assert.equal(await profiles(), [
			'RSS feed /en/feed/',
			'Телега https://t.me/anna',
			'youtube.com https://youtube.com/@anna',
		])
		await save(anna, 'profiles/', { move: '1:up' })
		assert.match((await profiles())[1]!, 'youtube')
		const refused = await save(anna, 'profiles/', { url: ['javascript:alert(1)'], label: ['X'] })
		assert.is(refused.status, 422)
		assert.match(refused.text, 'javascript:alert(1)')
	})

	test('widgets are shown, hidden and ordered', async () => {
		const shown = async () => (await blog.html('/ru/')).$$('.sidebar .widget').map(({ attributes }) => attributes.class)
		assert.is((await shown())[0], 'widget dates')
		const on = ['tags', 'calendar', 'months']
		await save(anna, 'widgets/', { widget: ['tags', 'months', 'calendar', 'categories'], on })
		assert.equal(await shown(), ['widget tags', 'widget months', 'widget dates'])
		await save(anna, 'widgets/', { move: '2:up' })
		assert.equal(await shown(), ['widget tags', 'widget dates', 'widget months'])
		await save(anna, 'widgets/', { on: undefined })
		assert.equal(await shown(), [])
	})

	test('the policy of comments is followed at once', async () => {
		const respond = () =>
			blog.post('/ru/2025/02/konferenciya-egov-2-0/comments/', { name: 'Пётр', text: `Да ${Math.random()}` })
		assert.is((await respond()).status, 422)
		const changes = { requireEmail: undefined, maxLinks: '0', order: 'newest', moderationWords: 'казино*\nказино*' }
		assert.is((await save(anna, 'responses/', changes)).status, 303)
		assert.is((await respond()).status, 303)
		const { value } = await blog.db
			.selectFrom('settings')
			.select('value')
			.where('key', '=', 'comments')
			.executeTakeFirstOrThrow()
		assert.equal(JSON.parse(value).moderationWords, ['казино*'])
		await save(anna, 'responses/', { closeAfterDays: '1' })
		assert.is((await respond()).status, 403)
	})

	test('numbers out of bounds are refused', async () => {
		for (const [name, value] of [
			['depth', '0'],
			['perPage', '1e3'],
			['closeAfterDays', '-1'],
			['maxLinks', ''],
		]) {
			const answer = await save(anna, 'responses/', { [name!]: value })
			assert.is(answer.status, 422, name)
			assert.match(answer.text, `id="${name}-error"`)
		}
	})

	test('feeds carry whole texts or their beginnings', async () => {
		const feed = async () => plain((await blog.get('/ru/feed/')).text)
		assert.match(await feed(), 'Говорили об открытых данных')
		await save(anna, 'feeds/', { text: 'summary', hubs: 'https://hub.example/\n' })
		assert.not.match(await feed(), 'Говорили об открытых данных')
		assert.match(await feed(), 'прошла конференция')
		assert.is((await save(anna, 'feeds/', { hubs: 'ftp://hub.example/' })).status, 422)
	})

	test('whatever is sent is answered soon and without a fault', async () => {
		const odd = ['\0', '\u202e', '<!--', ']]>', '{{x}}', 'x'.repeat(100_000), '1:up', '99:remove', '-1:up']
		const names = [
			'title-ru',
			'footer-ru',
			'url',
			'label',
			'href-ru',
			'text-ru',
			'widget',
			'on',
			'move',
			'hubs',
			'order',
		]
		for (const section of ['', 'responses/', 'menus/', 'profiles/', 'widgets/', 'feeds/', 'themes/', 'redirects/']) {
			for (const value of odd) {
				const { status } = await anna.post(`/admin/settings/${section}`, {
					...Object.fromEntries(names.map((name) => [name, value])),
					...{ theme: value, from: value, to: value, path: value },
				})
				assert.ok([303, 413, 422].includes(status), `${section} ${value.slice(0, 10)} ${status} ${faultsOf(blog)}`)
			}
		}
		const started = performance.now()
		const rows = Array.from({ length: 50_000 }, () => 'x')
		assert.is((await anna.post('/admin/settings/profiles/', { url: rows })).status, 422)
		assert.is((await anna.post('/admin/settings/menus/', { 'own-ru': '1', 'href-ru': rows })).status, 422)
		assert.ok(performance.now() - started < 2000)
		assert.is((await anna.post('/admin/settings/redirects/remove/', { path: '\0' })).status, 303)
		assert.is((await anna.get('/admin/settings/redirects/?q=%00%25&page=99999')).status, 200)
		assert.is((await blog.get('/ru/')).status, 200)
	})

	test('only the owner changes settings, and each change is noted', async () => {
		const boris = await openDesk(blog, 'boris@example.org')
		assert.is((await boris.get('/admin/settings/')).status, 403)
		assert.is((await boris.post('/admin/settings/', { 'title-ru': 'Моё' })).status, 403)
		assert.is((await blog.get('/admin/settings/')).status, 303)
		assert.is(
			(await anna.post('/admin/settings/', { 'title-ru': 'Моё' }, { Origin: 'https://evil.example' })).status,
			403,
		)
		await save(anna, 'feeds/', { text: 'summary' })
		const changes = await blog.db.selectFrom('audit').selectAll().where('action', '=', 'settings-changed').execute()
		assert.equal(
			changes.map(({ subject }) => subject),
			['settings/feeds/'],
		)
		assert.is((await anna.get('/admin/settings/nothing/')).status, 404)
	})

	test.run()
}
