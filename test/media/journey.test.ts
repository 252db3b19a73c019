import sharp from 'sharp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leases } from '../../src/jobs/job.ts'
import { Discard } from '../../src/jobs/job.ts'
import { openLeases } from '../../src/jobs/queries.ts'
import { mediaHandlers } from '../../src/media/jobs.ts'
import { dressPost } from '../../src/posts/dress.ts'
import { type Desk, type DeskBlog, filled, openDesk, startDesks } from '../admin/desk.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { parseHtml } from '../support/html.ts'
import { startS3 } from '../support/s3-server.ts'
import { photo, type SentFile, type Told, upload, uploadJson } from './uploads.ts'

const places = {
	'a disk': async () => ({ url: `file:${temporaryFolder('media')}`, close: async () => {} }),
	S3: startS3,
}
const jpeg = await photo(1000, 500).jpeg().toBuffer()

for (const database of databases) {
	for (const [name, start] of Object.entries(places)) {
		const test = suite(`uploads on ${name} and ${database.name}`)
		let place: { url: string; close(): Promise<void> }
		let blog: DeskBlog
		let anna: Desk
		let boris: Desk
		let leases: Leases

		test.before.each(async () => {
			place = await start()
			blog = await startDesks(database, { env: { STORAGE_URL: place.url } })
			anna = await openDesk(blog, 'anna@example.org')
			boris = await openDesk(blog, 'boris@example.org')
			leases = await openLeases({ db: blog.db, url: blog.databaseUrl, clock: Date.now, onError: () => {} })
		})
		test.after.each(async () => {
			await leases.close()
			await blog.close()
			// One test has closed it.
			await place.close().catch(() => {})
		})

		/** Does the jobs of uploads until none is due. */
		const work = async () => {
			const handlers = {
				...mediaHandlers(blog.inside),
				'dress-post': (payload: { translation: number }) => dressPost(blog.inside, payload),
			} as ReturnType<typeof mediaHandlers>
			for (let jobs = await leases.take(10); jobs.length > 0; jobs = await leases.take(10)) {
				for (const job of jobs) {
					await handlers[job.kind]?.(job.payload, { id: job.id, attempt: 1, signal: null! }).catch((error) => {
						if (!(error instanceof Discard)) throw error
					})
					await leases.complete(job)
				}
			}
		}
		const bring = async (desk: Desk, file: Partial<SentFile> = {}): Promise<Told> =>
			(await uploadJson(blog, desk, [{ name: 'фото.jpg', content: jpeg, ...file }]))[0]!
		const write = async (text: string, more = {}) => {
			const form = {
				...filled(await anna.html('/admin/posts/new/ru/'), '#editor'),
				title: 'Снимок',
				text,
				status: 'published',
			}
			const { status, headers, text: said } = await anna.post('/admin/posts/new/ru/', { ...form, ...more })
			if (status !== 303) throw new Error(`${status} ${said}`)
			const id = Number(/posts\/(\d+)/.exec(headers.location!)![1])
			const translation = await blog.db
				.selectFrom('translations')
				.selectAll()
				.where('post_id', '=', id)
				.executeTakeFirstOrThrow()
			return { id, path: `/ru/2025/03/${translation.slug}/`, translation }
		}

		test('a photo in a post comes in widths and formats to choose from, as soon as they are made', async () => {
			const told = await bring(anna)
			assert.equal([told.mime, told.width, told.height], ['image/jpeg', 1000, 500])
			assert.is(told.markdown, `![](${decodeURI(told.url)})`)
			const { path } = await write(`Вот: ${told.markdown}`)
			const before = (await blog.html(path)).$('.e-content img')!
			assert.equal(
				[before.attributes.width, before.attributes.height, before.attributes.srcset],
				['1000', '500', undefined],
			)
			await work()
			const page = await blog.html(path)
			assert.equal(
				page.$$('.e-content picture source').map(({ attributes }) => attributes.type),
				['image/avif', 'image/webp'],
			)
			const img = page.$('.e-content picture img')!
			assert.is(img.attributes.src, decodeURI(told.url))
			assert.equal([img.attributes.fetchpriority, img.attributes.loading], ['high', undefined])
			for (const [{ attributes }, type, widths] of [
				[page.$$('.e-content picture source')[0]!, 'avif', [320, 640, 960, 1000]],
				[page.$$('.e-content picture source')[1]!, 'webp', [320, 640, 960, 1000]],
				[img, 'jpeg', [320, 640, 960, 1000]],
			] as const) {
				const candidates = attributes.srcset!.split(', ').map((candidate) => candidate.split(' '))
				assert.equal(
					candidates.map(([, width]) => width),
					widths.map((width) => `${width}w`),
				)
				for (const [url, width] of candidates) {
					const answer = await blog.get(url!)
					assert.is(answer.headers['content-type'], `image/${type}`)
					const made = await sharp(answer.bytes).metadata()
					assert.equal([`${made.width}w`, made.height], [width, Math.round(made.width / 2)])
				}
			}
		})

		test('a cover comes in widths to choose from, as soon as they are made', async () => {
			const told = await bring(anna)
			const { path, id } = await write('Текст', { cover: String(told.id) })
			const cover = async (page: string) => (await blog.html(page)).$('picture .u-photo')!.attributes
			assert.equal([(await cover(path)).src, (await cover(path)).srcset], [told.url, undefined])
			await cover('/ru/')
			await work()
			for (const page of [path, '/ru/']) assert.match((await cover(page)).srcset!, /\.320w\.jpg 320w, .* 1000w$/)
			assert.is((await blog.html(path)).$$('picture source').length, 2)
			const post = await blog.db.selectFrom('posts').select('cover_id').where('id', '=', id).executeTakeFirstOrThrow()
			assert.is(post.cover_id, told.id)
		})

		test('what a picture shows is said once for all texts of a language that don’t say it', async () => {
			const told = await bring(anna)
			const { path, translation } = await write(`${told.markdown}\n\n![Моё](${told.url})`)
			const item = await anna.html(`/admin/media/${told.id}/`)
			assert.equal(
				item.$$('.uses a').map(({ attributes }) => attributes.href),
				[`/admin/posts/${translation.post_id}/ru/`],
			)
			const form = { ...filled(item, 'form.form'), 'alt-ru': 'Мост в "тумане"', name: 'Мост.jpg' }
			assert.is((await anna.post(`/admin/media/${told.id}/`, form)).status, 303)
			await work()
			assert.equal(
				(await blog.html(path)).$$('.e-content img').map(({ attributes }) => attributes.alt),
				['Мост в "тумане"', 'Моё'],
			)
			const { revision, modified_at } = await blog.db
				.selectFrom('translations')
				.selectAll()
				.where('id', '=', translation.id)
				.executeTakeFirstOrThrow()
			assert.equal([revision, modified_at], [translation.revision, translation.modified_at])
			assert.equal(
				(await anna.html(`/admin/media/?q=${encodeURIComponent('МОСТ')}`)).$$('.tiles .name').map(({ text }) => text),
				['Мост.jpg'],
			)
			assert.is((await anna.html(`/admin/media/?q=${encodeURIComponent('фото')}`)).$$('.tiles li').length, 0)
		})

		test('what is in use is deleted only when that is confirmed, and then whole', async () => {
			const told = await bring(anna)
			const { path } = await write(told.markdown)
			await work()
			const [version] = (await blog.html(path)).$('picture source')!.attributes.srcset!.split(' ')
			assert.is((await blog.get(version!)).status, 200)
			const refused = await anna.post(`/admin/media/${told.id}/delete/`)
			assert.is(refused.status, 409)
			assert.ok(parseHtml(refused.text).$('[role=alert]'))
			assert.is((await anna.post(`/admin/media/${told.id}/delete/`, { confirmed: '1' })).status, 303)
			await work()
			for (const address of [told.url, version!]) assert.is((await blog.get(address)).status, 404, address)
			assert.not.ok((await blog.html(path)).$('picture'))
			assert.is((await anna.get(`/admin/media/${told.id}/`)).status, 404)
			assert.is((await bring(anna)).url, told.url)
			assert.is((await blog.get(told.url)).status, 200)
		})

		test('a text that no longer shows a file doesn’t count as its use', async () => {
			const told = await bring(anna)
			const { translation } = await write(`[скачать](${told.url})`)
			const uses = async () => (await anna.html(`/admin/media/${told.id}/`)).$$('.uses li').length
			assert.is(await uses(), 1)
			const address = `/admin/posts/${translation.post_id}/ru/`
			const form = filled(await anna.html(address), '#editor')
			assert.is((await anna.post(address, { ...form, text: `\`/media/${told.url}\`` })).status, 303)
			assert.is(await uses(), 0)
			await blog.db.updateTable('posts').set({ cover_id: told.id }).where('id', '=', translation.post_id).execute()
			assert.is(await uses(), 1)
			assert.is((await anna.post(`/admin/media/${told.id}/delete/`)).status, 409)
		})

		test('authors see and change their own files, those who look after the blog all', async () => {
			const [hers, his] = [await bring(anna), await bring(boris)]
			assert.is.not(hers.id, his.id)
			const ids = async (desk: Desk) =>
				(await desk.html('/admin/media/')).$$('.tiles a').map(({ attributes }) => attributes.href)
			assert.equal(await ids(boris), [`/admin/media/${his.id}/`])
			assert.equal(await ids(anna), [`/admin/media/${his.id}/`, `/admin/media/${hers.id}/`])
			assert.is((await boris.get(`/admin/media/${hers.id}/`)).status, 403)
			assert.is((await boris.post(`/admin/media/${hers.id}/`, { name: 'x' })).status, 403)
			assert.is((await boris.post(`/admin/media/${hers.id}/delete/`, { confirmed: '1' })).status, 403)
			assert.is((await anna.post(`/admin/media/${his.id}/`, { name: 'x' })).status, 303)
			assert.is((await anna.post(`/admin/media/${his.id}/`, { name: ' ' })).status, 422)
			assert.is((await boris.get('/admin/media/999/')).status, 404)
			const json = JSON.parse((await boris.get('/admin/media/?format=json')).text)
			assert.equal(
				json.files.map(({ url }: Told) => url),
				[his.url],
			)
		})

		test('without script several files come at once, and what is refused is told beside what is taken', async () => {
			const fine = [
				{ name: 'a.jpg', content: jpeg },
				{ name: 'b.jpg', content: await photo(9, 9).jpeg().toBuffer() },
			]
			const all = await upload(blog, anna, fine)
			assert.equal([all.status, all.headers.location], [303, '/admin/media/?done=uploaded'])
			const some = await upload(blog, anna, [
				{ name: 'в.jpg', content: jpeg },
				{ name: 'г.html', content: '<html>' },
			])
			assert.is(some.status, 422)
			const page = parseHtml(some.text)
			assert.equal(
				page.$$('.refused strong').map(({ text }) => text),
				['г.html'],
			)
			assert.is(page.$$('.tiles li').length, 3)
		})

		if (name === 'S3') {
			test('while the storage is down pages with pictures are there, pictures ask to come again', async () => {
				const told = await bring(anna)
				const { path } = await write(told.markdown)
				await place.close()
				assert.ok((await blog.html(path)).$('.e-content img'))
				const answer = await blog.get(told.url)
				assert.is(answer.status, 503)
				assert.ok(Number(answer.headers['retry-after']) > 0)
				const refused = await upload(blog, anna, [{ name: 'a.jpg', content: jpeg }])
				assert.is(refused.status, 503)
				assert.is((await anna.get('/admin/media/')).status, 200)
				assert.is((await blog.db.selectFrom('media').select('id').execute()).length, 1)
			})
		}

		test.run()
	}
}
