import type { CommentPolicy } from '../../src/comments/policy.ts'
import type { Db, ResponseStatus } from '../../src/db/schema.ts'
import { writeSetting } from '../../src/settings/queries.ts'
import { type StartOptions, startBlog, type TestBlog } from '../support/app.ts'
import type { Database } from '../support/databases.ts'
import { type Node, parseHtml } from '../support/html.ts'
import type { Answer } from '../support/http.ts'

export const POST = '/ru/2025/02/konferenciya-egov-2-0/'
export const ENGLISH_POST = '/en/2025/02/egov-2-0-conference/'

/** What a person who is in order writes. */
export const VERA = {
	name: 'Вера Павлова',
	email: 'vera.pavlova@yandex.ru',
	text: 'А кто выступал вторым? Не успела записать.',
}

/** A reader's browser: it keeps cookies, and comes from an address of its own (behind TRUST_PROXY). */
export interface Reader {
	cookies: Map<string, string>
	get(path: string): Promise<Answer>
	html(path: string): Promise<Node>
	/** Sends the form under a post, from yet another address unless `headers` say which. */
	send(fields: Record<string, string>, path?: string, headers?: Record<string, string>): Promise<Answer>
	/** The same; the number of the comment that was taken. @throws Error when it was not */
	say(fields?: Record<string, string>, path?: string): Promise<number>
}

let addresses = 0

/** An address that nobody has had. */
export function newAddress(): string {
	addresses++
	return `203.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`
}

/** A blog behind a proxy that names the reader's address. */
export function startOpenBlog(database: Database, { env, clock }: Pick<StartOptions<unknown>, 'env' | 'clock'> = {}) {
	return startBlog(database, { clock, env: { TRUST_PROXY: '1', ...env } })
}

export type OpenBlog = Awaited<ReturnType<typeof startOpenBlog>>

/** Someone comes to the blog for the first time. */
export function newReader(blog: TestBlog<unknown>): Reader {
	const cookies = new Map<string, string>()
	const headers = () => ({ Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') })
	const get = (path: string) => blog.get(path, { headers: headers() })
	const send: Reader['send'] = async (fields, path = POST, more = {}) => {
		const answer = await blog.post(`${path}comments/`, fields, {
			...headers(),
			'X-Forwarded-For': newAddress(),
			...more,
		})
		keepCookies(cookies, answer)
		return answer
	}
	return {
		cookies,
		get,
		html: async (path) => parseHtml((await get(path)).text),
		send,
		say: async (fields = {}, path) => idIn(await send({ ...VERA, ...fields }, path), blog),
	}
}

function keepCookies(cookies: Map<string, string>, { headers }: Answer): void {
	for (const line of headers['set-cookie'] ?? []) {
		const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
		if (value && !/expires=Thu, 01 Jan 1970/i.test(line)) cookies.set(name!, value)
		else cookies.delete(name!)
	}
}

/** The number in the address of a comment that was taken. */
export function idIn({ status, headers, text }: Answer, blog?: TestBlog<unknown>): number {
	const id = /#comment-(\d+)$/.exec(headers.location ?? '')?.[1]
	if (status === 303 && id) return Number(id)
	const alert = parseHtml(text).$('[role=alert]')?.text
	throw new Error(
		`not taken: ${status} ${alert} ${JSON.stringify(blog?.logs.filter(({ level }) => Number(level) > 49))}`,
	)
}

/** Where a comment is, and why. */
export async function standing(db: Db, id: number) {
	const row = await db.selectFrom('comments').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
	return { ...row, rules: (JSON.parse(row.reasons) as { rule: string; detail?: string }[]).map(({ rule }) => rule) }
}

/** The author decides; what pages keep in memory is made anew by the next change of a listing. */
export async function put(db: Db, id: number, status: ResponseStatus): Promise<void> {
	await db.updateTable('comments').set({ status }).where('id', '=', id).execute()
}

/** Changes how the blog takes comments; all else is as at first. */
export function setPolicy(db: Db, policy: Partial<CommentPolicy>): Promise<void> {
	return db.transaction().execute((trx) => writeSetting(trx, 'comments', '', policy))
}

/** Texts with their no-break spaces as plain ones. */
export const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
