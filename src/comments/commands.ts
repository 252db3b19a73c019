import type { ResponseStatus } from '../db/schema.ts'
import { textOf } from '../markdown/text.ts'
import { parse } from '../markdown/tree.ts'
import type { Blog } from '../web/context.ts'
import { moderate } from './moderate.ts'
import { listByState } from './queries.ts'

const MOST = 1000

/** `otklik responses list`: the newest responses in a state, a line each or as JSON. */
export async function listCommand(blog: Blog, { state, json }: { state?: ResponseStatus; json?: boolean }) {
	const comments = await listByState(blog.db, state, MOST)
	const rows = comments.map(({ id, post_id, kind, status, locale, name, email, url, html, reasons, created_at }) => ({
		...{ id, post: post_id, kind, state: status, lang: locale, name, email, url },
		at: new Date(created_at).toISOString(),
		reasons: JSON.parse(reasons) as object[],
		text: textOf(parse(html)),
	}))
	if (json) return process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
	for (const { id, state, at, name, text } of rows) {
		process.stdout.write(`${id}\t${state}\t${at.slice(0, 10)}\t${name}\t${text.slice(0, 100)}\n`)
	}
}

/** `otklik responses approve|hold|spam|trash ID`. @throws Error when there is no such response */
export async function moderateCommand(blog: Blog, id: number, status: ResponseStatus): Promise<void> {
	const { found } = await moderate(blog, [id], status, { by: 'command' })
	if (found.length === 0) throw new Error(`there is no response ${id}`)
	process.stdout.write(`Response ${id}: ${status}\n`)
}
