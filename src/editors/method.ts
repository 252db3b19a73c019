import type { Caller } from '../authors/application-queries.ts'
import { mayTouch } from '../authors/roles.ts'
import type { Call, Method } from '../xmlrpc/method.ts'
import { type ParamsOf, paramsOf, type TypeName } from '../xmlrpc/params.ts'
import type { Struct, Value } from '../xmlrpc/value.ts'
import { type Refusal, refuse } from './faults.ts'
import { type Entry, findEntry } from './queries.ts'
import { signIn } from './sign-in.ts'
import { Unwritable } from './write.ts'

/** A call by an author. */
export interface AuthorCall extends Call {
	author: Caller
}

/** A method that asks for a user name and a password, and where among its parameters. */
export interface EditorMethod {
	credentials: number
	answer: Method
}

export type EditorMethods = Record<string, EditorMethod>

/** A method of these parameters, of which those at `credentials` and after it are the user name and the password. */
export function editorMethod<const Names extends TypeName[]>(
	credentials: number,
	names: Names,
	answer: (call: AuthorCall, params: ParamsOf<Names>) => Promise<Value>,
): EditorMethod {
	return {
		credentials,
		answer: async (call, params) => {
			const typed = paramsOf(params, ...names)
			const author = await signIn(call, String(params[credentials]), String(params[credentials + 1]))
			try {
				return await answer({ ...call, author }, typed)
			} catch (error) {
				throw error instanceof Unwritable ? refuse(call, error.mistake as Refusal) : error
			}
		},
	}
}

/** The translation that an editor calls a post, for those who may touch it. @throws Fault 404, 401 */
export async function entryOf(call: AuthorCall, id: string | number): Promise<Entry> {
	const entry = /^\d{1,9}$/.test(String(id)) ? await findEntry(call.blog.db, Number(id)) : undefined
	if (!entry) throw refuse(call, 'missing')
	if (!mayTouch(call.author, entry)) throw refuse(call, 'forbidden')
	return entry
}

/**
 * The language to write in: the one that the post itself names (`lang`), else the one that stands for the blog, else
 * the default one.
 */
export function languageOf({ blog: { config } }: Call, id: string | number, post: Struct = {}): string {
	const told = [post.lang, id].map(String).map((code) => code.toLowerCase())
	return told.find((code) => config.languages.includes(code)) ?? config.languages[0]!
}

/** How many an editor may ask for at once: at least 1, and `usual` when it doesn't say. */
export function countOf(asked: number | undefined, usual: number): number {
	return Math.min(Math.max(asked ?? usual, 1), 100)
}
