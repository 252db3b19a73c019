import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bumpListings } from '../../src/comments/thread-queries.ts'
import type { Db, Trx } from '../../src/db/schema.ts'
import { bumpPosts } from '../../src/db/versions.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { startBlog, type TestBlog } from '../support/app.ts'
import { databases } from '../support/databases.ts'
import { NOW, type seedFixtures } from '../support/fixtures.ts'

const POST = '/ru/2025/02/konferenciya-egov-2-0/'

for (const database of databases) {
	const test = suite(`what is made once on ${database.name}`)
	let now = NOW
	let blog: TestBlog<Awaited<ReturnType<typeof seedFixtures>>>
	test.before(async () => {
		blog = await startBlog(database, { env: { PAGE_CACHE: '0' }, clock: () => now })
	})
	test.after(() => blog.close())

	const change = (db: Db, work: (trx: Trx) => Promise<unknown>) => db.transaction().execute(work)
	const page = async (path: string) => (await blog.get(path)).text

	test('a response that changes, or goes, is seen so on the next page', async () => {
		const { conference } = blog.seeded.posts
		const before = await page(POST)
		assert.is(await page(POST), before)
		const responses = await blog.db
			.selectFrom('comments')
			.select(['id', 'status'])
			.where('post_id', '=', conference)
			.where('status', '=', 'approved')
			.execute()
		for (const { id } of responses) {
			await change(blog.db, async (trx) => {
				await trx
					.updateTable('comments')
					.set({ name: `Имя ${id}` })
					.where('id', '=', id)
					.execute()
				await bumpListings(trx, [conference])
			})
			assert.ok((await page(POST)).includes(`Имя ${id}`), String(id))
		}
		const { id } = responses.at(-1)!
		await change(blog.db, async (trx) => {
			await trx.updateTable('comments').set({ status: 'trash' }).where('id', '=', id).execute()
			await bumpListings(trx, [conference])
		})
		assert.not((await page(POST)).includes(`Имя ${id}`))
	})

	test('a post and a term that change are seen so on every page that shows them', async () => {
		const { conference } = blog.seeded.posts
		const paths = ['/ru/', '/ru/2025/02/', '/ru/tag/knigi/', POST]
		for (const path of paths) await page(path)
		await change(blog.db, async (trx) => {
			const post = trx.updateTable('translations').set({ title: 'Другой заголовок' })
			await post.where('post_id', '=', conference).where('locale', '=', 'ru').execute()
			await trx.updateTable('term_names').set({ name: 'Другая метка' }).where('locale', '=', 'ru').execute()
			await bumpPosts(trx, ['ru'], [conference])
		})
		for (const path of ['/ru/', '/ru/2025/02/', POST]) assert.match(await page(path), 'Другой заголовок', path)
		for (const path of ['/ru/', '/ru/tag/knigi/']) assert.match(await page(path), 'Другая метка', path)
		await change(blog.db, async (trx) => {
			await trx.updateTable('translations').set({ status: 'draft' }).where('post_id', '=', conference).execute()
			await bumpPosts(trx, ['ru', 'en'], [conference])
		})
		for (const path of ['/ru/', '/ru/2025/02/']) assert.not.match(await page(path), 'Другой заголовок', path)
		assert.is((await blog.get(POST)).status, 404)
	})

	test('a further page of a conversation and one in a language of its own change with it', async () => {
		const { conference } = blog.seeded.posts
		await change(blog.db, async (trx) => {
			const post = trx.updateTable('translations').set({ status: 'published' })
			await post.where('post_id', '=', conference).execute()
			await bumpPosts(trx, ['ru', 'en'], [conference])
		})
		await change(blog.db, async (trx) => {
			await writeSetting(trx, 'comments', '', { perPage: 10 })
		})
		const first = await page(POST)
		const paths = [`${POST}?comments=2`, `${POST}?only=ru`]
		for (const path of paths) assert.is.not(await page(path), first, path)
		await change(blog.db, async (trx) => {
			await trx.updateTable('comments').set({ name: 'Совсем другое имя' }).where('post_id', '=', conference).execute()
			await bumpListings(trx, [conference])
		})
		for (const path of [POST, ...paths]) assert.match(await page(path), 'Совсем другое имя', path)
		await change(blog.db, (trx) => writeSetting(trx, 'comments', '', {}))
		assert.not.match(await page(POST), '?comments=2')
	})

	test('a conversation that closes is closed on the next page, by hand and by itself', async () => {
		const { conference } = blog.seeded.posts
		const open = (post: string) => post.includes(`action="${POST}comments/"`)
		assert.ok(open(await page(POST)))
		await change(blog.db, (trx) => writeSetting(trx, 'comments', '', { closeAfterDays: 30 }))
		assert.ok(open(await page(POST)))
		now += 60 * 86_400_000
		assert.not(open(await page(POST)))
		now -= 60 * 86_400_000
		assert.ok(open(await page(POST)))
		await change(blog.db, async (trx) => {
			await trx.updateTable('posts').set({ comments_open: 0 }).where('id', '=', conference).execute()
			await bumpPosts(trx, ['ru', 'en'], [conference])
		})
		assert.not(open(await page(POST)))
	})

	test('what was not there is there once it is published, and gone with its password', async () => {
		const moved = POST.replace('konferenciya-egov-2-0', 'pereezd')
		assert.is((await blog.get(moved)).status, 404)
		const set = (changes: { slug?: string; password?: string | null }) =>
			change(blog.db, async (trx) => {
				const { conference } = blog.seeded.posts
				const post = trx.updateTable('translations').set(changes).where('post_id', '=', conference)
				await post.where('locale', '=', 'ru').execute()
				await bumpPosts(trx, ['ru'], [conference])
			})
		await set({ slug: 'pereezd' })
		assert.is((await blog.get(moved)).status, 200)
		assert.is((await blog.get(POST)).status, 404)
		await set({ password: 'секрет' })
		assert.match(await page(moved), 'type="password"')
		await set({ slug: 'konferenciya-egov-2-0', password: null })
		assert.not.match(await page(POST), 'type="password"')
	})

	test.run()
}
