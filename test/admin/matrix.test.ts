import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createAuthor } from '../../src/authors/queries.ts'
import { startSession } from '../../src/authors/sessions.ts'
import type { Role } from '../../src/db/schema.ts'
import { routes } from '../../src/routes.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { type DeskBlog, desk, faultsOf, startDesks } from './desk.ts'
import { MATRIX, type Thing, type Who } from './matrix.ts'

const LANGUAGES = ['ru', 'en']
/** From those who may least. */
const ACTORS = ['anonymous', 'other author', 'author', 'editor', 'owner'] as const
type Actor = (typeof ACTORS)[number]

const MAY: Record<Who, readonly Actor[]> = {
	all: ACTORS,
	'signed-in': ['other author', 'author', 'editor', 'owner'],
	own: ['author', 'editor', 'owner'],
	editors: ['editor', 'owner'],
	owners: ['owner'],
}

/** `GET posts/:number/:locale/` of every route of the authors. */
function listRoutes(): string[] {
	return routes(LANGUAGES).stack.flatMap(({ methods, path }) => {
		const readable = (path as unknown as RegExp).source
			.replace(/\(\?<(\w+)>(?:\[[^\]]*\]|[^()])*\)/g, ':$1')
			.replace(/\\(.)/g, '$1')
			.replace(/^\^|\??\$$/g, '')
		return readable.startsWith('/admin/')
			? methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${readable.slice('/admin/'.length)}`)
			: []
	})
}

const table = suite('the table of who may')

table('has a line for every route of the authors, and none for routes that are gone', () => {
	const known = Object.keys(MATRIX)
	const there = listRoutes()
	assert.equal(
		there.filter((route) => !known.includes(route)),
		[],
		'no line for these',
	)
	assert.equal(
		known.filter((route) => !there.includes(route)),
		[],
		'no such route',
	)
})

table.run()

for (const database of databases) {
	const test = suite(`who may do what on ${database.name}`)
	let blog: DeskBlog
	let ids: Record<Exclude<Actor, 'anonymous'>, number>

	test.before(async () => {
		blog = await startDesks(database, { clock: () => NOW })
		const person = (slug: string, role: Role) =>
			createAuthor(blog.db, {
				slug,
				email: `${slug}@example.org`,
				role,
				names: [{ locale: 'ru', name: slug }],
				now: NOW,
			})
		const { anna, boris } = blog.seeded.authors
		ids = {
			owner: anna,
			author: boris,
			editor: await person('dora', 'editor'),
			'other author': await person('clara', 'author'),
		}
	})
	test.after(() => blog.close())

	const cookieOf = async (actor: Actor) =>
		actor === 'anonymous'
			? ''
			: `session=${await startSession(blog.db, { authorId: ids[actor], userAgent: '', now: NOW })}`

	let made = 0
	/** A new thing of the author, or of the actor when it can be nobody else's. */
	const make = async (thing: Thing, actor: Actor): Promise<number> => {
		const { db } = blog
		const name = `matrix-${++made}`
		const actorId = actor === 'anonymous' ? ids.owner : ids[actor]
		const common = { author_id: actorId, name, created_at: NOW }
		if (thing === 'post') {
			const boris = desk(blog, await cookieOf('author'))
			const { headers } = await boris.post('/admin/posts/new/ru/', { title: name, text: name })
			return Number(/\d+/.exec(headers.location!)![0])
		}
		if (thing === 'person') {
			return createAuthor(db, { slug: name, email: `${name}@example.org`, names: [{ locale: 'ru', name }], now: NOW })
		}
		if (thing === 'response') {
			const { id, ...held } = await db
				.selectFrom('comments')
				.selectAll()
				.where('id', '=', blog.seeded.responses.held)
				.executeTakeFirstOrThrow()
			const row = { ...held, post_id: await make('post', actor) }
			return (await db.insertInto('comments').values(row).returning('id').executeTakeFirstOrThrow()).id
		}
		if (thing === 'media') {
			const row = {
				path: `2025/03/${name}.png`,
				name,
				mime: 'image/png',
				bytes: 1,
				width: 1,
				height: 1,
				created_at: NOW,
			}
			const media = db.insertInto('media').values({ ...row, author_id: ids.author })
			return (await media.returning('id').executeTakeFirstOrThrow()).id
		}
		if (thing === 'term') {
			const { id } = await db
				.insertInto('terms')
				.values({ kind: 'tag', parent_id: null })
				.returning('id')
				.executeTakeFirstOrThrow()
			await db.insertInto('term_names').values({ term_id: id, kind: 'tag', locale: 'ru', name, slug: name }).execute()
			return id
		}
		if (thing === 'passkey') {
			const row = { ...common, credential: name, public_key: '', counter: 0, transports: '[]' }
			return (await db.insertInto('passkeys').values(row).returning('id').executeTakeFirstOrThrow()).id
		}
		if (thing === 'program') {
			const row = { ...common, kind: 'password' as const, secret_hash: name }
			return (await db.insertInto('applications').values(row).returning('id').executeTakeFirstOrThrow()).id
		}
		return 999_999
	}

	const addressOf = async (route: string, actor: Actor) => {
		const { thing = 'nothing', named = '', query = '' } = MATRIX[route]!
		const path = route.slice(route.indexOf(' ') + 1)
		const number = path.includes(':number') ? await make(thing, actor) : 0
		return `/admin/${path
			.replace(':number', String(number))
			.replace(':locale', 'ru')
			.replace(/:(section|theme)/, named)}${query}`
	}

	const ask = async (route: string, actor: Actor, headers: Record<string, string> = {}) => {
		const address = await addressOf(route, actor)
		const browser = desk(blog, await cookieOf(actor))
		if (route.startsWith('GET')) return browser.get(address)
		return browser.post(address, { heir: String(ids.owner), ...MATRIX[route]!.form }, headers)
	}

	/** A hash of every row of every table. */
	const digest = async () => {
		const found = await blog.db.introspection.getTables()
		const tables = found.map(({ schema, name }) => (schema ? `${schema}.${name}` : name)).sort()
		const rows = []
		for (const name of tables) {
			const all = await blog.db
				.selectFrom(name as 'posts')
				.selectAll()
				.execute()
			rows.push([name, all.map((row) => JSON.stringify(row)).sort()])
		}
		return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
	}

	/** `refused`, `sent to sign in`, or `let in`. */
	const verdict = ({ status, headers }: { status: number; headers: Record<string, unknown> }) => {
		if (status === 403) return 'refused'
		if (status === 401 || String(headers.location).startsWith('/admin/login/?next=')) return 'sent to sign in'
		return 'let in'
	}

	test('exactly those may who may', async () => {
		for (const [route, { who, thing }] of Object.entries(MATRIX)) {
			for (const actor of ACTORS) {
				const answer = await ask(route, actor)
				const turnedAway = actor === 'anonymous' ? 'sent to sign in' : 'refused'
				assert.is(
					verdict(answer),
					MAY[who].includes(actor) ? 'let in' : turnedAway,
					`${route} for ${actor}: ${answer.status}`,
				)
				assert.ok(answer.status < 500, `${route} for ${actor}: ${answer.status} ${faultsOf(blog)}`)
				const isFound = answer.status !== 404 || thing === 'nothing' || /setup|email/.test(route)
				assert.ok(isFound || verdict(answer) !== 'let in', `${route} for ${actor} finds nothing`)
			}
		}
	})

	test('no address changes anything when it is read', async () => {
		for (const route of Object.keys(MATRIX).filter((route) => route.startsWith('GET'))) {
			const address = await addressOf(route, 'owner')
			const browser = desk(blog, await cookieOf('owner'))
			const before = await digest()
			await browser.get(address)
			assert.is(await digest(), before, route)
		}
	})

	test('no address that changes something listens to other sites', async () => {
		const foreign = [
			{ Origin: 'https://evil.example' },
			{ 'Sec-Fetch-Site': 'cross-site' },
			{ 'Sec-Fetch-Site': 'same-site', Origin: 'null' },
		]
		for (const route of Object.keys(MATRIX).filter((route) => !route.startsWith('GET'))) {
			const address = await addressOf(route, 'owner')
			const browser = desk(blog, await cookieOf('owner'))
			const before = await digest()
			for (const headers of foreign) {
				const { status } = await browser.post(
					address,
					{ heir: String(ids.owner), ...MATRIX[route]!.form },
					headers as never,
				)
				assert.is(status, 403, route)
			}
			assert.is(await digest(), before, route)
		}
	})

	test.run()
}
