import { mayTouch } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Translation, Trx } from '../db/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import type { Context } from '../web/context.ts'
import { findPost } from './admin-queries.ts'
import type { Saving } from './save.ts'
import { readTranslations } from './writing-queries.ts'

/** What an address of the authors' pages names. */
export interface Loaded {
	lang: string
	/** None when the post is new. */
	post?: Post
	/** All there are. */
	translations: Translation[]
	/** The one in the language of the address. */
	stored?: Translation
}

/** The post that an address names, for those who may touch it. @throws HttpError 404, 403 */
export async function load({ blog: { db }, params }: Context, author: SignedIn): Promise<Loaded> {
	const lang = params.locale ?? ''
	if (!params.number) return { lang, translations: [] }
	const post = await findPost(db, Number(params.number))
	if (!post) throw notFound()
	if (!mayTouch(author, post)) throw new HttpError(403)
	const translations = await readTranslations(db as Trx, post.id)
	return { lang, post, translations, stored: translations.find(({ locale }) => locale === lang) }
}

/** The same for a translation that must be there. @throws HttpError 404, 403 */
export async function loadStored(ctx: Context, author: SignedIn) {
	const { post, stored, ...loaded } = await load(ctx, author)
	if (!post || !stored) throw notFound()
	return { ...loaded, post, stored }
}

/** How this author saves now. */
export function savingOf({ blog: { db, config, clock } }: Context, author: SignedIn): Saving {
	return { db, timezone: config.timezone, now: clock(), authorId: author.id }
}
