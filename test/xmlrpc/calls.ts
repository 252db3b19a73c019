import { readValue } from '../../src/xmlrpc/read-value.ts'
import { readTree } from '../../src/xmlrpc/tree.ts'
import type { Struct, Value } from '../../src/xmlrpc/value.ts'
import { writeRequest } from '../../src/xmlrpc/write.ts'
import type { TestBlog } from '../support/app.ts'
import type { Answer } from '../support/http.ts'

/** What a call was answered: a value or a fault. */
export interface Outcome {
	value?: Value
	code?: number
	message?: string
}

/** Calls a method of a blog. */
export async function call(blog: TestBlog<unknown>, method: string, ...params: Value[]): Promise<Outcome> {
	return outcomeOf(await sendXml(blog, writeRequest(method, params)))
}

/** The value of a call that must succeed. */
export async function ask(blog: TestBlog<unknown>, method: string, ...params: Value[]): Promise<Value> {
	const { value, code, message } = await call(blog, method, ...params)
	if (value === undefined) throw new Error(`${method} answered fault ${code}: ${message}`)
	return value
}

/** Sends a body to `/xmlrpc`. */
export function sendXml(
	blog: TestBlog<unknown>,
	body: string | Buffer,
	headers: Record<string, string> = { 'Content-Type': 'text/xml' },
	path = '/xmlrpc',
): Promise<Answer> {
	return blog.get(path, { method: 'POST', body, headers })
}

/** Reads an answer; fails when it isn't one of XML-RPC. */
export async function outcomeOf({ status, text, bytes, headers }: Answer): Promise<Outcome> {
	if (status !== 200 || !/^text\/xml/.test(headers['content-type'] ?? '')) {
		throw new Error(`answered ${status} ${headers['content-type']}: ${text.slice(0, 300)}`)
	}
	const [content] = (await readTree(bytes)).children
	if (content?.name === 'params') return { value: readValue(content.children[0]!.children[0]!) }
	const { faultCode, faultString } = readValue(content!.children[0]!) as Struct
	return { code: faultCode as number, message: faultString as string }
}
