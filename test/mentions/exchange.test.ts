import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moderate } from '../../src/comments/moderate.ts'
import { wake } from '../../src/jobs/wake.ts'
import { tellPage } from '../../src/mentions/out/tell.ts'
import { deleteTranslation, editTranslation, setStatus, writePost } from '../../src/posts/edit.ts'
import { startJobs } from '../../src/work.ts'
import { startBlog } from '../support/app.ts'
import { type Database, databases } from '../support/databases.ts'

const DEADLINE = 30_000

/** A port that was free a moment ago: two blogs must know each other's before either starts. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	server.close()
	await once(server, 'close')
	return port
}

async function until<T>(find: () => Promise<T | undefined>, what: string): Promise<T> {
	const end = Date.now() + DEADLINE
	for (;;) {
		const found = await find()
		if (found !== undefined) return found
		assert.ok(Date.now() < end, `${what} did not happen`)
		await pause(50)
	}
}

/** A blog that works, at 127.0.0.1, and may speak to the other one. */
async function openSide(database: Database, port: number, other: number) {
	const site = `http://127.0.0.1:${port}`
	const env = { PORT: String(port), SITE_URL: site, FETCH_ALLOW: `127.0.0.1:${other}` }
	const blog = await startBlog(database, { env, clock: Date.now })
	const worker = await startJobs(blog.inside)
	const { db } = blog
	const saving = () => ({ db, timezone: 'Europe/Moscow', now: Date.now() })
	const settling = { newTerms: [] }

	return {
		...blog,
		site,
		/** Anna publishes a post; gives its address. */
		async write(title: string, slug: string, source: string, locale = 'ru') {
			const draft = { locale, title, slug, source, status: 'published' } as const
			const { id: post } = await writePost(saving(), { id: blog.seeded.authors.anna }, settling, draft)
			wake()
			const row = await db.selectFrom('translations').selectAll().where('post_id', '=', post).executeTakeFirstOrThrow()
			const path = `/${locale}/${row.year}/${String(row.month).padStart(2, '0')}/${slug}/`
			return { post, id: row.id, path, address: site + path }
		},
		async edit(id: number, source: string) {
			const row = await db.selectFrom('translations').select('revision').where('id', '=', id).executeTakeFirstOrThrow()
			await editTranslation(saving(), { id, revision: row.revision }, settling, { source })
			wake()
		},
		async trash(id: number) {
			await setStatus(saving(), id, 'trash')
			wake()
		},
		async erase(id: number) {
			await deleteTranslation(
				saving(),
				await db.selectFrom('translations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
			)
			wake()
		},
		/** What others have said under a post. */
		responses: (post: number) =>
			db.selectFrom('comments').selectAll().where('post_id', '=', post).orderBy('id').execute(),
		async close() {
			await worker.stop()
			await blog.close()
		},
	}
}

type Side = Awaited<ReturnType<typeof openSide>>

/** The one response to a post that was made of a page, once it is as it should be. */
function responseFrom(side: Side, post: number, address: string, isIt: (html: string) => boolean = () => true) {
	return until(async () => {
		const responses = (await side.responses(post)).filter(({ url }) => url === address)
		assert.ok(responses.length <= 1, 'a page is one response')
		return responses.find(({ html, status }) => isIt(html) && status !== 'trash')
	}, `a response from ${address}`)
}

function goneFrom(side: Side, post: number, address: string) {
	return until(async () => {
		const responses = (await side.responses(post)).filter(({ url, status }) => url === address && status !== 'trash')
		return responses.length === 0 || undefined
	}, `the end of the response from ${address}`)
}

for (const database of databases) {
	const test = suite(`two blogs on ${database.name}`)
	let a: Side
	let b: Side

	test.before(async () => {
		const [one, two] = [await freePort(), await freePort()]
		a = await openSide(database, one, two)
		b = await openSide(database, two, one)
	})
	test.after(async () => {
		await a.close()
		await b.close()
	})

	for (const [name, both] of [
		['the first tells the second', () => [a, b]],
		['the second tells the first', () => [b, a]],
	] as [string, () => [Side, Side]][]) {
		test(`${name} by webmention: the response comes, follows the text, and goes with the link`, async () => {
			const [from, to] = both()
			const target = await to.write('Буря', 'burya', 'Над городом буря.')
			const source = await from.write('Ответ', 'otvet', `Читаю [про бурю](${target.address}) и удивляюсь.`)
			const response = await responseFrom(to, target.post, source.address)
			assert.is(response.kind, 'webmention')
			assert.match(response.html, 'удивляюсь')
			await moderate(to.inside, [response.id], 'approved', { by: to.seeded.authors.anna })
			const page = await until(async () => {
				const shown = await to.html(target.path)
				return shown.$(`#comment-${response.id}`)
			}, 'the response on the page')
			assert.match(page.text, 'удивляюсь')

			await from.edit(source.id, `Перечитал [про бурю](${target.address}) и успокоился.`)
			const changed = await responseFrom(to, target.post, source.address, (html) => html.includes('успокоился'))
			assert.is(changed.id, response.id)
			assert.not.match(changed.html, 'удивляюсь')

			await from.edit(source.id, 'Больше об этом не пишу.')
			await goneFrom(to, target.post, source.address)
			await until(async () => {
				const shown = await to.html(target.path)
				return shown.text.includes('успокоился') ? undefined : true
			}, 'the page without the response')
		})

		test(`${name}: what goes into the trash, or is deleted, takes its responses along`, async () => {
			const [from, to] = both()
			const target = await to.write('Снег', 'sneg', 'Снег идёт.')
			const first = await from.write('Раз', 'raz', `Про [снег](${target.address}).`)
			const second = await from.write('Two', 'two', `About [snow](${target.address}).`, 'en')
			await responseFrom(to, target.post, first.address)
			await responseFrom(to, target.post, second.address)
			await from.trash(first.id)
			await goneFrom(to, target.post, first.address)
			await from.erase(second.id)
			await goneFrom(to, target.post, second.address)
		})

		test(`${name} by pingback: the response comes once, a second notice is answered by "known"`, async () => {
			const [from, to] = both()
			const target = await to.write('Дождь', 'dozhd', 'Дождь идёт.')
			// Told by hand: by itself it prefers webmention, which both take.
			const source = await from.write('Зонт', 'zont', 'Беру зонт.')
			const { href } = (await to.html(target.path)).$('link[rel=pingback]')!.attributes
			await from.db
				.updateTable('translations')
				.set({ html: `<p>Беру зонт: <a href="${target.address}">дождь</a>.</p>` })
				.where('id', '=', source.id)
				.execute()
			await from.inside.pages?.catchUp()
			const onlyPingback: typeof from.inside.fetch = async (address, options) => {
				const answer = await from.inside.fetch(address, options)
				answer.headers.delete('link')
				return { ...answer, body: Buffer.from(answer.body.toString().replaceAll('rel="webmention"', '')) }
			}
			const link = { source: source.address, target: target.address, isThere: true }
			const tell = () => tellPage({ ...from.inside, fetch: onlyPingback }, link, new AbortController().signal)
			assert.equal(await tell(), { kind: 'told', by: 'pingback', reason: 'status 200' })
			const response = await responseFrom(to, target.post, source.address)
			assert.is(response.kind, 'pingback')
			assert.match(response.html, 'Беру зонт')
			assert.is(href, `${to.site}/xmlrpc`)
			assert.equal(await tell(), { kind: 'told', by: 'pingback', reason: 'fault 48' })
			assert.is((await to.responses(target.post)).length, 1)
		})
	}

	test.run()
}
