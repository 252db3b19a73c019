import { confinedTo } from '../authors/roles.ts'
import { asMetaWeblog } from './describe.ts'
import { type AuthorCall, countOf, type EditorMethods, editorMethod, entryOf, languageOf } from './method.ts'
import { listEntries, listFiled, listTerms } from './queries.ts'
import { readMetaWeblog } from './read.ts'
import { storeFileOf } from './upload.ts'
import { changeEntry, trashEntry, writeEntry } from './write.ts'

/** The MetaWeblog API: a blog is a language, a post is a translation, its text is HTML unless a text filter is named. */
export const metaWeblogMethods: EditorMethods = {
	'metaWeblog.newPost': editorMethod(
		1,
		['id', 'string', 'string', 'struct', 'flag?'],
		async (call, [blog, , , post, publish = false]) => {
			const written = readMetaWeblog(post, Boolean(publish), call.blog.config.timezone)
			return String(await writeEntry(call, languageOf(call, blog, post), written))
		},
	),
	'metaWeblog.editPost': editorMethod(
		1,
		['id', 'string', 'string', 'struct', 'flag?'],
		async (call, [id, , , post, publish]) => {
			const entry = await entryOf(call, id)
			const whether = publish === undefined ? undefined : Boolean(publish)
			await changeEntry(call, entry, readMetaWeblog(post, whether, call.blog.config.timezone))
			return true
		},
	),
	'metaWeblog.getPost': editorMethod(1, ['id', 'string', 'string'], async (call, [id]) => {
		const entry = await entryOf(call, id)
		return asMetaWeblog(call, entry, await listFiled(call.blog.db, [entry.post_id], entry.locale))
	}),
	'metaWeblog.getRecentPosts': editorMethod(1, ['id', 'string', 'string', 'int?'], async (call, [blog, , , count]) => {
		const { db } = call.blog
		const entries = await listRecent(call, blog, count)
		const filed = await listFiled(
			db,
			entries.map((entry) => entry.post_id),
			languageOf(call, blog),
		)
		return entries.map((entry) =>
			asMetaWeblog(
				call,
				entry,
				filed.filter((term) => term.post_id === entry.post_id),
			),
		)
	}),
	'metaWeblog.getCategories': editorMethod(1, ['id', 'string', 'string'], listCategories),
	'metaWeblog.newMediaObject': editorMethod(1, ['id', 'string', 'string', 'struct'], (call, [, , , file]) =>
		storeFileOf(call, file),
	),
	'metaWeblog.deletePost': deletePost(),
	'blogger.deletePost': deletePost(),
}

/** The posts of a blog that an author may touch, newest first. */
export function listRecent(call: AuthorCall, blog: string | number, count: number | undefined) {
	const locale = languageOf(call, blog)
	return listEntries(call.blog.db, { locale, author: confinedTo(call.author), limit: countOf(count, 10) })
}

/** The categories of a blog, as `metaWeblog.getCategories` and `wp.getCategories` tell of them. */
export async function listCategories(call: AuthorCall, [blog]: [string | number, ...unknown[]]) {
	const locale = languageOf(call, blog)
	const terms = await listTerms(call.blog.db, 'category', locale)
	return terms.map(({ id, parent_id, name, slug, description }) => {
		const url = `${call.blog.config.siteUrl}/${locale}/category/${encodeURIComponent(slug)}/`
		return {
			categoryId: String(id),
			parentId: String(parent_id ?? 0),
			categoryName: name,
			title: name,
			description: name,
			categoryDescription: description,
			htmlUrl: url,
			rssUrl: `${url}feed/`,
		}
	})
}

function deletePost() {
	return editorMethod(2, ['string', 'id', 'string', 'string', 'flag?'], async (call, [, id]) => {
		await trashEntry(call, await entryOf(call, id))
		return true
	})
}
