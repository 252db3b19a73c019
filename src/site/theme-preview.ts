import { notFound } from '../errors.ts'
import { listCards } from '../posts/listing-queries.ts'
import { allPosts } from '../posts/pages.ts'
import { findTranslation } from '../posts/queries.ts'
import { ThemeError } from '../views/theme-error.ts'
import type { Context } from '../web/context.ts'
import { pagePolicy } from '../web/headers.ts'
import { queryOf } from '../web/query.ts'
import { listingPage } from './listing.ts'
import { postModel } from './post-model.ts'
import { renderPage } from './render.ts'

/** The home page (or, with `?page=post`, the newest post) in a theme that readers don't see yet; for owners. */
export async function themePreview(ctx: Context): Promise<void> {
	const query = queryOf(ctx)
	const lang = query.get('lang') ?? ''
	if (ctx.blog.config.languages.includes(lang)) ctx.state.locale = lang
	wear(ctx, ctx.params.theme!)
	if (query.get('page') === 'post') await newestPost(ctx)
	else await listingPage(allPosts)(ctx)
	ctx.state.lasting = undefined
	ctx.remove('ETag')
	ctx.remove('Last-Modified')
	ctx.set('Cache-Control', 'private, no-store')
	ctx.set('X-Robots-Tag', 'noindex')
	ctx.set('Content-Security-Policy', pagePolicy(ctx.state.theme!.inline, "'none'"))
}

/** @throws HttpError 404 for a theme that isn't there or is broken */
function wear(ctx: Context, name: string): void {
	try {
		const found = ctx.blog.themes.find(name)
		if (!found) throw notFound()
		ctx.state.theme = found.theme
		ctx.state.t = found.translator(ctx.state.locale)
	} catch (error) {
		if (!(error instanceof ThemeError)) throw error
		ctx.blog.log.error(error.message)
		throw notFound()
	}
}

async function newestPost(ctx: Context): Promise<void> {
	const { db, clock } = ctx.blog
	const { locale } = ctx.state
	const [card] = await listCards(db, { locale, now: clock() }, { limit: 1 })
	const found = card && (await findTranslation(db, 'post', locale, card.slug))
	if (!found) throw notFound()
	renderPage(ctx, 'post', await postModel(ctx, found))
}
