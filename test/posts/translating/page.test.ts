import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
	cookieOf,
	type Desk,
	type DeskBlog,
	desk,
	filled,
	openDesk,
	PASSWORD,
	parseHtml,
	startDesks,
} from '../../admin/desk.ts'
import { databases } from '../../support/databases.ts'
import { NOW } from '../../support/fixtures.ts'
import { BOUND, effort } from './effort.ts'

const SOURCE = 'Первый абзац.\n\n```\nкод\n```\n\nВторой абзац, он длиннее первого.\n\nТретий.'
type Form = ReturnType<typeof filled>

for (const database of databases) {
	const test = suite(`translating on ${database.name}`)
	let blog: DeskBlog
	let anna: Desk
	let boris: Desk

	test.before(async () => {
		blog = await startDesks(database, { clock: () => NOW })
		anna = await openDesk(blog, 'anna@example.org')
		boris = await openDesk(blog, 'boris@example.org')
	})
	test.after(() => blog.close())

	const write = async (text: string, title = 'Заголовок', status = 'published') => {
		const { headers } = await anna.post('/admin/posts/new/ru/', { title, text, status })
		return Number(/\d+/.exec(headers.location!)![0])
	}
	const rewrite = async (post: number, text: string, more: Record<string, string> = {}) => {
		const page = await anna.html(`/admin/posts/${post}/ru/`)
		const { status } = await anna.post(`/admin/posts/${post}/ru/`, {
			...filled(page, '#editor'),
			...{ title: 'Заголовок', text, status: 'published', ...more },
		})
		assert.is(status, 303)
	}
	const at = (post: number, lang = 'en') => `/admin/posts/${post}/${lang}/translate/`
	const opened = async (post: number) => filled(await anna.html(at(post)), '#editor')
	const rowsOf = async (post: number) =>
		(await anna.html(at(post))).$$('#rows .pair-row').map((row) => row.$('textarea')!.raw)
	const stored = (post: number, locale = 'en') =>
		blog.db
			.selectFrom('translations')
			.selectAll()
			.where('post_id', '=', post)
			.where('locale', '=', locale)
			.executeTakeFirst()
	const fill = (form: Form, targets: string[], more: Form = {}) => ({ ...form, target: targets, ...more })
	const translate = async (post: number, targets: string[], more: Form = {}) => {
		const answer = await anna.post(at(post), fill(await opened(post), targets, more))
		assert.is(answer.status, 303, answer.text)
		return answer
	}
	const ALL = ['First paragraph.', '```\nкод\n```', 'The second is longer than the first.', 'Third.']

	test('a translation is begun with every paragraph beside its field, and what needs none filled in', async () => {
		const post = await write(SOURCE)
		const page = await anna.html(at(post))
		assert.equal(
			page.$$('#rows .original p').map(({ raw }) => raw),
			SOURCE.split('\n\n'),
		)
		assert.equal(await rowsOf(post), ['', '```\nкод\n```', '', ''])
		assert.equal([...new Set(page.$$('#rows .original').map(({ attributes }) => attributes.lang))], ['ru'])
		assert.equal([...new Set(page.$$('#rows textarea').map(({ attributes }) => attributes.lang))], ['en'])
	})

	test('and saved as a draft of the other language that knows what it was made of', async () => {
		const post = await write(SOURCE)
		await translate(post, ALL, { title: 'A title' })
		const { source, status, source_locale, source_revision, title } = (await stored(post))!
		assert.equal(
			[source, status, source_locale, source_revision, title],
			[ALL.join('\n\n'), 'draft', 'ru', 1, 'A title'],
		)
		assert.equal(await rowsOf(post), ALL)
	})

	test('one that is half done comes back with each paragraph at its place, and tells what it lacks', async () => {
		const post = await write(SOURCE)
		await translate(post, ['', ALL[1]!, '', 'Third.'])
		assert.equal(await rowsOf(post), ['', ALL[1], '', 'Third.'])
		const page = await anna.html(at(post))
		assert.equal(
			page.$$('.lacks li').map(({ text }) => text),
			['заголовок', '2 абзаца'],
		)
	})

	test('a form saved as it is changes not a letter', async () => {
		const text = '\n# Title\nText right below  \n\n\n* one\n\n* two\n\n\n<div>\n\nx\n\n</div>\n'
		const post = await write(SOURCE)
		await anna.post(`/admin/posts/${post}/en/`, { title: 'T', text, status: 'draft' })
		await anna.post(at(post), await opened(post))
		assert.is((await stored(post))!.source, text)
	})

	test('the source moved on: changes are told word by word, ticked off one by one, and remembered', async () => {
		const post = await write(SOURCE)
		await translate(post, ALL, { title: 'A title', status: 'published' })
		const changed = SOURCE.replace('Первый', 'Самый первый').replace('Третий.', 'Третий.\n\nЧетвёртый.')
		await rewrite(post, changed)
		const page = await anna.html(at(post))
		assert.equal(
			page.$$('#rows .pair-row').map(({ attributes }) => attributes.class!.replace('pair-row ', '')),
			['changed', 'same', 'same', 'same', 'added empty-row'],
		)
		assert.is(page.$('#rows .original ins')!.text, 'Самый первый')
		const [first, second] = page.$$('input[name=tick]').map(({ attributes }) => attributes.value!)
		assert.match(page.$('.behind')!.text, 'Осталось сверить 2 изменения')

		await translate(post, ['The very first paragraph.', ...ALL.slice(1), ''], { tick: [first!] })
		const again = await anna.html(at(post))
		assert.equal(
			again.$$('input[name=tick]').map(({ attributes }) => 'checked' in attributes),
			[true, false],
		)
		assert.match(again.$('.behind')!.text, 'Осталось сверить 1 изменение')
		assert.is((await stored(post))!.source_revision, 1)

		const done = await translate(post, ['The very first paragraph.', ...ALL.slice(1), 'Fourth.'], {
			tick: [first!, second!],
		})
		assert.match(done.headers.location!, /done=caught$/)
		const source = (await stored(post, 'ru'))!
		assert.is((await stored(post))!.source_revision, source.major_revision)
		assert.not((await anna.html(at(post))).$('.behind, input[name=tick]'))
	})

	test('what is ticked counts for what was seen alone: a later change is told too', async () => {
		const post = await write(SOURCE)
		await translate(post, ALL)
		await rewrite(post, SOURCE.replace('Первый', 'Самый первый'))
		const form = await opened(post)
		const [key] = (await anna.html(at(post))).$$('input[name=tick]').map(({ attributes }) => attributes.value!)
		await rewrite(post, SOURCE.replace('Первый', 'Самый первый').replace('Третий', 'Совсем третий'))
		const { headers } = await anna.post(at(post), { ...form, tick: [key!] })
		assert.match(headers.location!, /done=saved$/)
		const ticks = (await anna.html(at(post))).$$('input[name=tick]')
		assert.equal(
			ticks.map(({ attributes }) => 'checked' in attributes),
			[true, false],
		)
	})

	test('a source that changed while it was translated is told to have changed', async () => {
		const post = await write(SOURCE)
		const form = await opened(post)
		await rewrite(post, SOURCE.replace('Третий', 'Совсем третий'))
		await anna.post(at(post), fill(form, ALL))
		assert.is((await anna.html(at(post))).$$('input[name=tick]').length, 1)
	})

	test('a paragraph that is gone from the source is shown until it is ticked off', async () => {
		const post = await write(SOURCE)
		await translate(post, ALL)
		await rewrite(post, SOURCE.replace('Первый абзац.\n\n', ''))
		const row = (await anna.html(at(post))).$('#rows .removed')!
		assert.equal([row.$('del')!.text, row.$('textarea')!.text.trim()], ['Первый абзац.', 'First paragraph.'])
		await translate(post, ['', ...ALL.slice(1)], { tick: [row.$('input[name=tick]')!.attributes.value!] })
		assert.equal(await rowsOf(post), ALL.slice(1))
	})

	test('a small change asks for nothing', async () => {
		const post = await write(SOURCE)
		await translate(post, ALL)
		await rewrite(post, SOURCE.replace('Третий', 'Третiй'), { small: '1' })
		assert.not((await anna.html(at(post))).$('.behind, input[name=tick]'))
	})

	test('two at once: the second sees both texts, and neither is lost', async () => {
		const post = await write(SOURCE)
		await translate(post, ALL)
		const form = await opened(post)
		await translate(post, ['Theirs.', ...ALL.slice(1)])
		const answer = await anna.post(at(post), fill(form, ['Mine.', ...ALL.slice(1)]))
		assert.is(answer.status, 409)
		assert.match(answer.text, 'Theirs')
		assert.match(answer.text, '\nMine.</textarea>')
		assert.is((await anna.post(at(post), fill(form, ['Theirs.', ...ALL.slice(1)]))).status, 303)
	})

	test('what is typed is kept, and comes back here and in the editor', async () => {
		const post = await write(SOURCE)
		const form = { ...(await opened(post)), target: ['', ALL[1]!, '', 'Kept.'], title: 'Kept title' }
		const kept = await anna.post(`/admin/posts/${post}/en/draft/`, form)
		assert.is(kept.status, 200)
		const link = (await anna.html(at(post))).$('.unsaved a')!.attributes.href!
		const page = await anna.html(link)
		assert.equal(
			page.$$('#rows textarea').map(({ raw }) => raw),
			['', ALL[1], '', 'Kept.'],
		)
		assert.is(page.$('#title')!.attributes.value, 'Kept title')
		const editor = await anna.html(link.replace('translate/', ''))
		assert.is(editor.$('#text')!.raw, `${ALL[1]}\n\nKept.`)
	})

	test('a session that ended loses nothing: the form goes on after signing in', async () => {
		const post = await write(SOURCE)
		const form = fill(await opened(post), ALL)
		const { status, text } = await desk(blog, '').post(at(post), form)
		assert.is(status, 401)
		const kept = parseHtml(text)
			.$$('input[name=target]')
			.map(({ attributes }) => attributes.value)
		assert.equal(kept, ALL)
		const entered = { ...filled(parseHtml(text), 'main form'), email: 'anna@example.org', password: PASSWORD }
		const { status: on, headers } = await desk(blog, '').post(
			parseHtml(text).$('main form')!.attributes.action!,
			entered,
		)
		assert.equal([on, headers.location], [307, at(post)])
		assert.is((await desk(blog, cookieOf({ headers } as never)).post(headers.location!, entered)).status, 303)
		assert.is((await stored(post))!.source, ALL.join('\n\n'))
	})

	test('settings of the post stay as they are', async () => {
		const post = await write(SOURCE)
		await anna.post(`/admin/posts/${post}/en/`, {
			title: 'T',
			text: 'One.',
			status: 'published',
			protection: 'сезам',
			excerpt: 'Words',
		})
		const before = await stored(post)
		await anna.post(at(post), fill(await opened(post), ['Two.']))
		const after = await stored(post)
		const settings = (row: typeof before) => [
			row!.password,
			row!.status,
			row!.published_at,
			row!.slug,
			row!.manual_excerpt,
		]
		assert.equal(settings(after), settings(before))
		assert.is(after!.source, 'Two.')
	})

	test('what is empty or too long is said beside its field, and kept', async () => {
		const post = await write(SOURCE)
		const form = await opened(post)
		assert.is((await anna.post(at(post), fill(form, ['', '', '', '']))).status, 422)
		const long = await anna.post(at(post), fill(form, ALL, { title: 'т'.repeat(10_000) }))
		assert.is(long.status, 422)
		assert.match(long.text, 'Third.')
	})

	test('others’ posts are nobody’s business; what has no other language leads to the editor', async () => {
		const post = await write(SOURCE)
		assert.is((await boris.get(at(post))).status, 403)
		assert.is((await boris.post(at(post), { title: 'x' })).status, 403)
		assert.is((await anna.get(at(post, 'ru'))).headers.location, `/admin/posts/${post}/ru/`)
		assert.is((await anna.get(at(999_999))).status, 404)
	})

	for (const [name, text] of Object.entries({
		'10,000 quotes in each other': `${'> '.repeat(10_000)}а`,
		'100,000 paragraphs': 'а\n\n'.repeat(100_000),
		'marks that never end': '*a **'.repeat(20_000),
	})) {
		test(`${name}: an answer in little time`, async () => {
			const post = await write(text)
			await anna.post(`/admin/posts/${post}/en/`, { title: 'T', text, status: 'draft' })
			await rewrite(post, text.replace(/[аa]/, 'б'))
			const start = effort()
			const { status } = await anna.get(at(post))
			assert.is(status, 200)
			assert.ok(effort() - start < BOUND, `${effort() - start} ms`)
		})
	}

	test.run()
}
