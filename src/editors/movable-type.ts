import { isVisible } from '../posts/post.ts'
import { Fault, INVALID_PARAMS } from '../xmlrpc/fault.ts'
import type { Methods } from '../xmlrpc/method.ts'
import { paramsOf } from '../xmlrpc/params.ts'
import { isStruct, type Value } from '../xmlrpc/value.ts'
import { asTitle } from './describe.ts'
import { idOf } from './members.ts'
import { listRecent } from './metaweblog.ts'
import { type EditorMethods, editorMethod, entryOf, languageOf } from './method.ts'
import { findEntry, listFiled, listPings, listTerms } from './queries.ts'
import { changeEntry } from './write.ts'

/** The Movable Type API. */
export const movableTypeMethods: EditorMethods = {
	'mt.getCategoryList': editorMethod(1, ['id', 'string', 'string'], async (call, [blog]) => {
		const terms = await listTerms(call.blog.db, 'category', languageOf(call, blog))
		return terms.map(({ id, name }) => ({ categoryId: String(id), categoryName: name }))
	}),
	'mt.getPostCategories': editorMethod(1, ['id', 'string', 'string'], async (call, [id]) => {
		const entry = await entryOf(call, id)
		const filed = await listFiled(call.blog.db, [entry.post_id], entry.locale)
		return filed
			.filter(({ kind, name }) => kind === 'category' && name !== null)
			.map(({ id, name }, place) => ({ categoryId: String(id), categoryName: name, isPrimary: place === 0 }))
	}),
	'mt.setPostCategories': editorMethod(1, ['id', 'string', 'string', 'array'], async (call, [id, , , categories]) => {
		await changeEntry(call, await entryOf(call, id), { categories: categories.map(categoryIn) })
		return true
	}),
	'mt.getRecentPostTitles': editorMethod(1, ['id', 'string', 'string', 'int?'], async (call, [blog, , , count]) =>
		(await listRecent(call, blog, count)).map((entry) => asTitle(call, entry)),
	),
	'mt.publishPost': editorMethod(1, ['id', 'string', 'string'], async (call, [id]) => {
		await changeEntry(call, await entryOf(call, id), { status: 'published' })
		return true
	}),
}

/** Those that ask nobody who calls. */
export const openMethods: Methods = {
	'mt.supportedTextFilters': (_, params) => {
		paramsOf(params)
		return [
			{ key: '1', label: 'HTML' },
			{ key: 'markdown', label: 'Markdown' },
		]
	},
	'mt.getTrackbackPings': async ({ blog }, params) => {
		const [id] = paramsOf(params, 'id')
		const entry = await findEntry(blog.db, idOf(id) ?? 0)
		if (!entry || entry.password !== null || !isVisible(entry, blog.clock())) return []
		const pings = await listPings(blog.db, entry.post_id)
		return pings.map(({ name, url }) => ({ pingTitle: name, pingURL: url, pingIP: '' }))
	},
}

function categoryIn(category: Value): number {
	const id = isStruct(category) ? idOf(category.categoryId) : undefined
	if (id === undefined) throw new Fault(INVALID_PARAMS, 'A category has a categoryId')
	return id
}
