import type { Caller } from '../authors/application-queries.ts'
import { linkOf } from '../editors/describe.ts'
import { listFiled, listTerms } from '../editors/queries.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { entryAt } from './caller.ts'
import { invalid } from './errors.ts'
import type { Properties } from './request.ts'
import { propertiesOf } from './source.ts'

type Answer = Record<string, unknown>

const QUERIES: Record<string, (ctx: Context, caller: Caller, query: URLSearchParams) => Answer | Promise<Answer>> = {
	config: ({ blog: { config } }) => ({
		'media-endpoint': `${config.siteUrl}/micropub/media`,
		'syndicate-to': [],
		'post-types': POST_TYPES,
		q: Object.keys(QUERIES),
	}),
	'syndicate-to': () => ({ 'syndicate-to': [] }),
	category: async ({ blog }, _, query) => {
		const locale = query.get('lang') ?? query.get('mp-language') ?? blog.config.languages[0]!
		const terms = [...(await listTerms(blog.db, 'category', locale)), ...(await listTerms(blog.db, 'tag', locale))]
		return { categories: terms.map(({ name }) => name) }
	},
	source: async (ctx, caller, query) => {
		const entry = await entryAt(ctx, caller, query.get('url') ?? '')
		if (entry.status === 'trash') throw invalid('There is no such post')
		const filed = await listFiled(ctx.blog.db, [entry.post_id], entry.locale)
		const properties = propertiesOf(entry, filed, { url: linkOf(ctx, entry) })
		const asked = [...query.getAll('properties[]'), ...query.getAll('properties')]
		return asked.length === 0 ? { type: ['h-entry'], properties } : { properties: only(properties, asked) }
	},
}

const POST_TYPES = ['note', 'article', 'photo', 'reply', 'bookmark'].map((type) => ({ type, name: type }))

/** What a program asks by `?q=` (Micropub 3.7). @throws MicropubError 400 */
export function answerQuery(ctx: Context, caller: Caller): Answer | Promise<Answer> {
	const query = queryOf(ctx)
	const asked = query.get('q') ?? ''
	if (!Object.hasOwn(QUERIES, asked)) throw invalid('There is no such query')
	return QUERIES[asked]!(ctx, caller, query)
}

function only(properties: Properties, names: string[]): Properties {
	return Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)))
}
