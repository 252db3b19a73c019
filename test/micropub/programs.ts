import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '../../src/db/schema.ts'
import type { TestBlog } from '../support/app.ts'
import { NOW } from '../support/fixtures.ts'
import type { Answer } from '../support/http.ts'

/** Gives an author's program a token with these scopes. */
export async function giveToken(db: Db, authorId: number, scopes = 'create update delete media'): Promise<string> {
	const token = randomBytes(32).toString('base64url')
	const secret_hash = createHash('sha256').update(token).digest('base64url')
	await db
		.insertInto('applications')
		.values({ author_id: authorId, kind: 'token', name: 'a program', secret_hash, scopes, created_at: NOW })
		.execute()
	return token
}

/** A program that has a token. */
export function program(blog: TestBlog<unknown>, token: string) {
	const headers = { Authorization: `Bearer ${token}` }
	const json = (body: string) =>
		blog.get('/micropub', { method: 'POST', body, headers: { ...headers, 'Content-Type': 'application/json' } })
	return {
		form: (fields: string | Record<string, string>) =>
			blog.get('/micropub', {
				method: 'POST',
				body: typeof fields === 'string' ? fields : String(new URLSearchParams(fields)),
				headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
			}),
		json: (body: unknown) => json(JSON.stringify(body)),
		text: json,
		files: async (path: string, parts: FormData) => {
			const sent = new Response(parts)
			const type = sent.headers.get('Content-Type')!
			const body = Buffer.from(await sent.arrayBuffer())
			return blog.get(path, { method: 'POST', body, headers: { ...headers, 'Content-Type': type } })
		},
		ask: (query: string) => blog.get(`/micropub?${query}`, { headers }),
	}
}

/** The path of the post that an answer tells of. */
export function pathIn({ status, headers, text }: Answer): string {
	if (status !== 201 || !headers.location) throw new Error(`answered ${status} ${text}`)
	return new URL(headers.location).pathname
}
