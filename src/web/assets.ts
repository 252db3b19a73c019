import { notFound } from '../errors.ts'
import { editorModules } from '../views/modules.ts'
import { ThemeError } from '../views/theme-error.ts'
import { respond } from './conditional.ts'
import type { Context } from './context.ts'
import { lasts } from './page-cache/keep.ts'

const YEAR = 365 * 24 * 60 * 60

/** A theme's file: its address changes with its content, so it is kept for good. */
export function asset(ctx: Context): void {
	const { blog, path } = ctx
	const own = blog.theme.assets.get(path) ?? blog.adminTheme.assets.get(path) ?? assetElsewhere(ctx)
	const found = own ?? editorModules().served.get(path)
	if (!found) throw notFound()
	ctx.set('Cache-Control', `public, max-age=${YEAR}, immutable`)
	lasts(ctx, { scopes: [], until: Number.POSITIVE_INFINITY })
	respond(ctx, found.type, found.body, {}, ctx.blog.clock())
}

/** A file of a theme that isn't the current one: being tried, or worn until a moment ago. */
function assetElsewhere({ blog: { themes }, path }: Context) {
	try {
		return themes.find(path.split('/')[2] ?? '')?.theme.assets.get(path)
	} catch (error) {
		if (error instanceof ThemeError) return undefined
		throw error
	}
}

/** The icon that browsers ask for by itself. */
export function favicon(ctx: Context): void {
	const found = ctx.blog.theme.assets.get(ctx.blog.theme.asset('favicon.ico'))
	if (!found) throw notFound()
	ctx.set('Cache-Control', 'public, max-age=86400')
	ctx.type = found.type
	ctx.body = found.body
}
