import { setPassword } from '../../src/authors/accounts.ts'
import type { Db } from '../../src/db/schema.ts'
import { type StartOptions, startBlog, type TestBlog } from '../support/app.ts'
import type { Database } from '../support/databases.ts'
import { seedFixtures } from '../support/fixtures.ts'
import { type Node, parseHtml } from '../support/html.ts'
import type { Answer } from '../support/http.ts'

export const PASSWORD = 'правильная лошадь батарея'

type Form = Record<string, string | string[]>

/** A browser with its cookie. */
export interface Desk {
	cookie: string
	get(path: string): Promise<Answer>
	html(path: string, status?: number): Promise<Node>
	post(path: string, form?: Form, headers?: Record<string, string>): Promise<Answer>
}

/** The fixtures with authors who can sign in: Anna owns the blog, Boris writes in it. */
export async function seedDesks(db: Db) {
	const seeded = await seedFixtures(db)
	await setPassword(db, seeded.authors.anna, PASSWORD)
	await setPassword(db, seeded.authors.boris, PASSWORD)
	return seeded
}

export type DeskBlog = TestBlog<Awaited<ReturnType<typeof seedDesks>>>

/** A blog whose authors can sign in. */
export function startDesks(database: Database, options: StartOptions<never> = {}): Promise<DeskBlog> {
	return startBlog(database, { ...options, seed: seedDesks })
}

/** What went wrong inside, for a test that met a 500. */
export function faultsOf(blog: TestBlog<unknown>): string {
	return JSON.stringify(blog.logs.filter(({ level }) => Number(level) >= 50))
}

/** Signs in. */
export async function openDesk(blog: TestBlog<unknown>, email: string, password = PASSWORD): Promise<Desk> {
	const answer = await blog.post('/admin/login', { email, password })
	if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`)
	return desk(blog, cookieOf(answer))
}

/** A browser that brings `cookie`. */
export function desk(blog: TestBlog<unknown>, cookie: string): Desk {
	return {
		cookie,
		get: (path) => blog.get(path, { headers: { Cookie: cookie } }),
		html: async (path, status = 200) => {
			const answer = await blog.get(path, { headers: { Cookie: cookie } })
			if (answer.status !== status) throw new Error(`${path} answered ${answer.status} ${faultsOf(blog)}`)
			return parseHtml(answer.text)
		},
		post: (path, form = {}, headers = {}) =>
			blog.get(path, {
				method: 'POST',
				body: encode(form),
				headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
			}),
	}
}

/** `name=value` of the cookie that an answer sets. */
export function cookieOf({ headers }: Answer): string {
	return (headers['set-cookie']?.[0] ?? '').split(';')[0]!
}

/** What a form holds as it is shown: what a browser would send. */
export function filled(page: Node, selector: string): Record<string, string | string[]> {
	const form = page.$(selector)!
	const fields: [string, string][] = [
		...form
			.$$('input')
			.filter(({ attributes }) => !isUnchecked(attributes))
			.map(({ attributes }): [string, string] => [attributes.name!, attributes.value ?? '']),
		...form.$$('textarea').map((area): [string, string] => [area.attributes.name!, area.raw]),
	]
	const grouped = Map.groupBy(fields, ([name]) => name)
	return Object.fromEntries([...grouped].map(([name, all]) => [name, all.map(([, value]) => value)]))
}

export { parseHtml }

function isUnchecked({ type, checked }: Record<string, string | undefined>): boolean {
	return (type === 'checkbox' || type === 'radio') && checked === undefined
}

function encode(form: Form): string {
	const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
	return String(new URLSearchParams(pairs))
}
