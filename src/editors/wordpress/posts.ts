import { confinedTo } from '../../authors/roles.ts'
import type { Status } from '../../db/schema.ts'
import type { Struct } from '../../xmlrpc/value.ts'
import { asTitle, asWordPress, linkOf } from '../describe.ts'
import { refuse } from '../faults.ts'
import { idOf, textIn, timeIn } from '../members.ts'
import { type AuthorCall, countOf, type EditorMethods, editorMethod, entryOf, languageOf } from '../method.ts'
import { type Entry, listEntries, listFiled } from '../queries.ts'
import { readWordPress } from '../read.ts'
import { changeEntry, trashEntry, writeEntry } from '../write.ts'

const STATUSES: Record<string, Status[]> = {
	publish: ['published'],
	future: ['published'],
	draft: ['draft'],
	pending: ['draft'],
	private: ['private'],
}

/** WordPress's own methods for posts and pages. */
export const postMethods: EditorMethods = {
	'wp.newPost': editorMethod(1, ['id', 'string', 'string', 'struct'], async (call, [blog, , , post]) => {
		const written = readWordPress(post, call.blog.config.timezone)
		return String(
			await writeEntry(call, languageOf(call, blog, post), { ...written, status: written.status ?? 'draft' }),
		)
	}),
	'wp.editPost': editorMethod(1, ['id', 'string', 'string', 'id', 'struct'], async (call, [, , , id, post]) => {
		const entry = await entryOf(call, id)
		const seen = timeIn(post, 'if_not_modified_since', 'UTC')
		// XML-RPC knows whole seconds.
		if (seen !== undefined && entry.modified_at - seen >= 1000) throw refuse(call, 'stale')
		await changeEntry(call, entry, readWordPress(post, call.blog.config.timezone))
		return true
	}),
	'wp.getPost': editorMethod(1, ['id', 'string', 'string', 'id', 'array?'], async (call, [, , , id, fields]) => {
		const [post] = await describe(call, [await entryOf(call, id)])
		return only(post!, fields)
	}),
	'wp.getPosts': editorMethod(
		1,
		['id', 'string', 'string', 'struct?', 'array?'],
		async (call, [blog, , , filter = {}, fields]) => {
			const entries = await listEntries(call.blog.db, {
				locale: languageOf(call, blog),
				author: confinedTo(call.author),
				kind: textIn(filter, 'post_type') === 'page' ? 'page' : 'post',
				statuses: STATUSES[textIn(filter, 'post_status') ?? ''],
				limit: countOf(idOf(filter.number), 10),
				offset: idOf(filter.offset) ?? 0,
			})
			return (await describe(call, entries)).map((post) => only(post, fields))
		},
	),
	'wp.deletePost': editorMethod(1, ['id', 'string', 'string', 'id'], async (call, [, , , id]) => {
		await trashEntry(call, await entryOf(call, id))
		return true
	}),
	'wp.getPageList': editorMethod(1, ['id', 'string', 'string'], async (call, [blog]) => {
		const locale = languageOf(call, blog)
		const pages = await listEntries(call.blog.db, {
			locale,
			author: confinedTo(call.author),
			kind: 'page',
			limit: 1000,
		})
		return pages.map((page) => {
			const { postid, title, dateCreated, date_created_gmt } = asTitle(call, page)
			const link = linkOf(call, page)
			return {
				page_id: postid!,
				page_title: title!,
				page_parent_id: '0',
				dateCreated: dateCreated!,
				date_created_gmt: date_created_gmt!,
				link,
			}
		})
	}),
}

async function describe(call: AuthorCall, entries: Entry[]): Promise<Struct[]> {
	const filed = await listFiled(
		call.blog.db,
		entries.map((entry) => entry.post_id),
		entries[0]?.locale ?? '',
	)
	return entries.map((entry) =>
		asWordPress(
			call,
			entry,
			filed.filter((term) => term.post_id === entry.post_id),
		),
	)
}

/** The members that were asked for; `post` stands for all of a post itself. */
function only(post: Struct, fields: unknown[] | undefined): Struct {
	if (!fields || fields.length === 0) return post
	const isAsked = (name: string) =>
		name === 'post_id' ||
		fields.includes(name) ||
		(fields.includes('taxonomies') && name === 'terms') ||
		(fields.includes('post') && name !== 'terms' && name !== 'custom_fields')
	return Object.fromEntries(Object.entries(post).filter(([name]) => isAsked(name)))
}
