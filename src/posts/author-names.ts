import type { Context } from '../web/context.ts'
import { listAuthorNames } from './admin-queries.ts'

/** What authors are called in the language of the page, else in another one, by their ids. */
export async function authorNames(
	{ blog, state }: Pick<Context, 'blog' | 'state'>,
	ids: (number | null)[],
): Promise<Map<number, string>> {
	const rows = await listAuthorNames(
		blog.db,
		[...new Set(ids)].filter((id) => id !== null),
	)
	const own = rows.filter(({ locale }) => locale === state.locale)
	return new Map([...rows.toReversed(), ...own].map(({ author_id, name }) => [author_id, name]))
}
