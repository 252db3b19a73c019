import { untilPostsChange } from '../posts/lasting.ts'
import { findNeighbours, listRelated } from '../posts/listing-queries.ts'
import { listEnclosures, listSiblingsOf, type Whole } from '../posts/queries.ts'
import { listTermsOf } from '../terms/queries.ts'
import type { Context } from '../web/context.ts'

/** What stands around a post, whoever responds to it: kept until posts or terms change. */
export type Surroundings = Awaited<ReturnType<typeof load>>

/** The surroundings of a translation in the language of the page. */
export async function surroundingsOf(ctx: Context, found: Whole): Promise<Surroundings> {
	// A preview may have another date than what is stored.
	const name = `around:${found.locale} ${found.id} ${found.published_at}`
	return untilPostsChange(ctx, name, () => load(ctx, found))
}

async function load({ blog: { db, config, clock } }: Context, found: Whole) {
	const { id, post_id, kind, locale, published_at } = found
	const now = clock()
	const siblings = await listSiblingsOf(db, [post_id], now)
	const terms = await listTermsOf(db, [post_id], locale)
	const tags = terms.filter((term) => term.kind === 'tag').map((term) => term.term_id)
	const isPost = kind === 'post'
	return {
		siblings: siblings.filter((sibling) => config.languages.includes(sibling.locale)),
		terms,
		...(isPost && (await findNeighbours(db, { locale, now, id, at: published_at! }))),
		related: isPost ? await listRelated(db, { id, tags, locale, now }) : [],
		enclosures: await listEnclosures(db, [id]),
	}
}
