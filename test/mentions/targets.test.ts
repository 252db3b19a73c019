import { sql } from 'kysely'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keepOldSlug } from '../../src/posts/writing-queries.ts'
import { setPolicy } from '../comments/reader.ts'
import { databases } from '../support/databases.ts'
import { type Exchange, mention, POST, ping, startExchange } from './exchange.ts'

const SOURCE = 'https://other.example/post/'

for (const database of databases) {
	const test = suite(`what may be pinged on ${database.name}`)
	let exchange: Exchange
	let number = 0

	test.before(async () => {
		exchange = await startExchange(database)
	})
	test.after(() => exchange.close())

	/** The fault for a target, by a source nobody has named before. */
	const fault = (target: string, source = `${SOURCE}${number++}`) => ping(exchange.blog, source, target)

	test('a post by any of its addresses', async () => {
		const { blog, db, seeded } = { ...exchange, seeded: exchange.blog.seeded }
		const [translation] = await db
			.selectFrom('translations')
			.select('id')
			.where('post_id', '=', seeded.posts.conference)
			.where('locale', '=', 'ru')
			.execute()
		await db.transaction().execute(async (trx) => {
			await keepOldSlug(trx, { kind: 'post', locale: 'ru', slug: 'staroe-imya', translation_id: translation!.id })
			const old = ['/?p=12', '/2010/11/26/конференция/']
			for (const path of old) {
				await sql`insert into redirects (path, translation_id) values (${path}, ${translation!.id})`.execute(trx)
			}
		})
		const { port } = new URL(blog.url)
		for (const target of [
			POST,
			POST.slice(0, -1),
			'/ru/2025/02/%6Bonferenciya-egov-2-0/',
			'//ru//2025/02/konferenciya-egov-2-0/',
			`${POST}?utm_source=x&amp;y=1#comments`,
			`${POST}?comments=2#comment-${seeded.responses.first}`,
			`${POST}?replytocom=1`,
			'/ru/2024/09/konferenciya-egov-2-0/',
			'/en/2025/02/egov-2-0-conference/',
			'/en/2025/02/konferenciya-egov-2-0/',
			'/ru/2025/02/staroe-imya/',
			'/?p=12',
			'/?p=12&amp;lang=ru',
			'/2010/11/26/%D0%BA%D0%BE%D0%BD%D1%84%D0%B5%D1%80%D0%B5%D0%BD%D1%86%D0%B8%D1%8F',
			'/ru/o-bloge/',
		]) {
			assert.type(await fault(blog.url + target), 'string', target)
		}
		for (const host of [`HTTP://LOCALHOST:${port}`, `https://localhost:${port}`, `http://localhost.:${port}`]) {
			assert.type(await fault(host + POST), 'string', host)
		}
		const rows = await db.selectFrom('mentions').select('post_id').distinct().execute()
		assert.is(rows.length, 2)
	})

	test('what is not there, or not yet, is missing, a draft as well', async () => {
		for (const target of [
			'/ru/2025/02/nowhere/',
			'/ru/nowhere/',
			'/nowhere/',
			'/?p=13',
			'/en/2025/03/plans/',
			'/ru/2025/04/pervoe-aprelya/',
			'/ru/2025/02/%00/',
			'/ru/2025/02/%ff/',
			'/ru/2025/02/nochnoy-poezd%2F..%2F/',
		]) {
			assert.is(await fault(exchange.blog.url + target), 32, target)
		}
	})

	test('what takes no mentions is closed: listings, feeds, protected posts, other sites, nonsense', async () => {
		const { url } = exchange.blog
		for (const target of [
			...['/', '/ru/', '/ru/page/2/', '/ru/2025/', '/ru/2025/02/', '/ru/2025/02/26/', '/ru/tag/knigi/'].map(
				(p) => url + p,
			),
			...['/ru/category/x/feed/', '/feed/', `${POST}feed/`, '/ru/search/?q=x', '/admin/', '/robots.txt'].map(
				(p) => url + p,
			),
			`${url}/ru/2025/01/dlya-svoih/`,
			'https://other.example/ru/2025/02/konferenciya-egov-2-0/',
			'http://127.0.0.1/',
			`http://user:password@${new URL(url).host}${POST}`,
			`ftp://${new URL(url).host}${POST}`,
			'nonsense',
			'',
			`${url}/${'x'.repeat(10_000)}`,
		]) {
			assert.is(await fault(target), 33, target.slice(0, 200))
		}
	})

	test('a page of this blog is no source, nor what is no address', async () => {
		const { url } = exchange.blog
		assert.is(await fault(url + POST, url + POST), 33)
		assert.is(await fault(url + POST, `${url}/ru/o-bloge/`), 33)
		for (const source of [
			'',
			'nonsense',
			'ftp://other.example/',
			'javascript:1',
			'https://a:b@other.example/',
			`https://other.example/${'x'.repeat(10_000)}`,
		]) {
			assert.is(await fault(url + POST, source), 16, source.slice(0, 100))
		}
	})

	test('what is refused leaves nothing behind', async () => {
		const { db, blog } = exchange
		const count = async () => (await db.selectFrom('mentions').select('id').execute()).length
		const before = await count()
		await fault(`${blog.url}/ru/2025/02/nowhere/`)
		await fault(`${blog.url}/ru/`)
		assert.is(await count(), before)
		assert.is(exchange.source.asked.length, 0)
	})

	test('a post that closes takes none any more, and its page says nothing of them', async () => {
		const { blog, db } = exchange
		await db.updateTable('posts').set({ pings_open: 0 }).where('id', '=', blog.seeded.posts.rules).execute()
		assert.is(await fault(`${blog.url}/ru/2024/07/pravila/`), 33)
		const closed = await blog.get('/ru/2024/07/pravila/')
		const open = await blog.get(POST)
		assert.is(closed.headers['x-pingback'], undefined)
		assert.is(open.headers['x-pingback'], `${blog.url}/xmlrpc`)
		assert.match(String(open.headers.link), `<${blog.url}/webmention>; rel="webmention"`)
		for (const rel of ['pingback', 'webmention', 'trackback']) {
			assert.match(open.text, `rel="${rel}`)
			assert.not.match(closed.text, `rel="${rel}`)
		}
		const locked = await blog.get('/ru/2025/01/dlya-svoih/')
		assert.is(locked.headers['x-pingback'], undefined)
		await setPolicy(db, { closeAfterDays: 10 })
		assert.is(await fault(blog.url + POST), 33)
		assert.is((await mention(blog, SOURCE, blog.url + POST)).status, 400)
		await setPolicy(db, {})
	})

	test('those that are shown are listed for whoever asks', async () => {
		const { blog } = exchange
		const body = `<methodCall><methodName>pingback.extensions.getPingbacks</methodName><params><param><value>${blog.url}${POST}</value></param></params></methodCall>`
		const { text } = await blog.get('/xmlrpc.php', { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body })
		assert.match(text, 'https://sosed.example/post')
		assert.match(text, 'https://another.example/post')
		assert.not.match(text, SOURCE)
	})

	test.run()
}
