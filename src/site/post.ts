import { threadPath } from '../comments/paths.ts'
import { findParent } from '../comments/queries.ts'
import { HttpError, MissingTranslation, Moved } from '../errors.ts'
import { isAnnounced } from '../mentions/out/queries.ts'
import { lastingPost, untilPostsChange } from '../posts/lasting.ts'
import { permalink } from '../posts/permalink.ts'
import { isVisible } from '../posts/post.ts'
import { findByOldSlug, findSlugElsewhere, findTranslation, type Whole } from '../posts/queries.ts'
import { titleOf } from '../posts/title.ts'
import type { Context } from '../web/context.ts'
import { redirect } from '../web/redirect.ts'
import { pageOfResponse } from './conversation.ts'
import { postModel } from './post-model.ts'
import { renderPage } from './render.ts'

type Kind = 'post' | 'page'

/** A post at `/L/YYYY/MM/slug/`. */
export const post = (ctx: Context) => show(ctx, 'post')
/** A static page at `/L/slug/`. */
export const page = (ctx: Context) => show(ctx, 'page')

async function show(ctx: Context, kind: Kind): Promise<void> {
	const found = await findKept(ctx, kind)
	if (!found) return elsewhere(ctx, kind)
	const path = permalink(found)
	if (ctx.path !== path && decodeURI(ctx.path) !== decodeURI(path)) return redirect(ctx, path + ctx.search)
	if (ctx.query.replytocom) return redirect(ctx, await placeOf(ctx, found, String(ctx.query.replytocom)))
	renderPage(ctx, 'post', await postModel(ctx, found), await lastingPost(ctx, found))
}

/** Where WordPress's link for a reply leads: to the response, on its page. */
async function placeOf(ctx: Context, { post_id, ...found }: Whole, number: string): Promise<string> {
	const response = /^\d{1,9}$/.test(number) ? await findParent(ctx.blog.db, post_id, Number(number)) : undefined
	if (!response) return permalink(found)
	const page = await pageOfResponse(ctx, { id: response.id, post_id })
	return threadPath(permalink(found), page, undefined, `comment-${response.id}`)
}

/** The same as `findVisible` as of the beginning of the request: for who changes nothing of the post. */
export async function findKept(ctx: Context, kind: Kind): Promise<Whole | undefined> {
	const { locale } = ctx.state
	const load = () => findTranslation(ctx.blog.db, kind, locale, ctx.params.slug!)
	const found = await untilPostsChange(ctx, `whole:${locale} ${kind} ${ctx.params.slug}`, load, bytesOf)
	return found && isVisible(found, ctx.blog.clock()) ? found : undefined
}

function bytesOf(found: Whole | undefined): number {
	return found ? 2 * (found.html.length + found.excerpt.length + found.text.length) : 0
}

/** The translation at the address of the request, if readers may see it. */
export async function findVisible({ blog, state, params }: Context, kind: Kind): Promise<Whole | undefined> {
	const found = await findTranslation(blog.db, kind, state.locale, params.slug!)
	return found && isVisible(found, blog.clock()) ? found : undefined
}

/** The slug was another one's before, or is only known in other languages. */
async function elsewhere(ctx: Context, kind: Kind): Promise<never> {
	const { db, config } = ctx.blog
	const now = ctx.blog.clock()
	const moved = await findByOldSlug(db, kind, ctx.state.locale, ctx.params.slug!, now)
	if (moved) throw new Moved(permalink(moved))
	const others = await findSlugElsewhere(db, kind, config.languages, ctx.params.slug!, now)
	const status = (await isAnnounced(db, addressOf(ctx, kind))) ? 410 : 404
	if (others.length === 0) throw new HttpError(status)
	// The address of another language's sibling under our prefix: the post may well be here under its own slug.
	const own = others.find(({ locale }) => locale === ctx.state.locale)
	if (own) throw new Moved(permalink(own))
	const { timezone } = ctx.blog.config
	throw new MissingTranslation(
		others.map((other) => ({ locale: other.locale, path: permalink(other), title: titleOf(other, timezone) })),
		status,
	)
}

/** The address of the request as other sites were told of it. */
function addressOf({ blog, state, params }: Context, kind: Kind): string {
	const { slug = '', year, month } = params
	return blog.config.siteUrl + permalink({ kind, locale: state.locale, slug, year: Number(year), month: Number(month) })
}
