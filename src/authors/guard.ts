import type { Context, Handler } from '../web/context.ts'
import { keepSession, sessionToken } from '../web/session.ts'
import { authorOf, IDLE, type SignedIn } from './sessions.ts'

/** Answers an author who has signed in. */
export type AuthorHandler = (ctx: Context, author: SignedIn) => Promise<void> | void

/** The author who sent a request, if signed in; the pages are in their language from here on. */
export async function whoIs(ctx: Context): Promise<SignedIn | undefined> {
	const token = sessionToken(ctx)
	const author = await authorOf(ctx.blog.db, token, ctx.blog.clock())
	if (!author) return undefined
	if (author.isProlonged) keepSession(ctx, token!, IDLE)
	speak(ctx, author.language)
	return author
}

/** Lets authors in; others are answered by `turnedAway`. */
export function guard(handler: AuthorHandler, turnedAway: Handler): Handler {
	return async (ctx) => {
		const author = await whoIs(ctx)
		return author ? handler(ctx, author) : turnedAway(ctx)
	}
}

function speak(ctx: Context, language: string | null): void {
	if (!language || !ctx.blog.config.languages.includes(language)) return
	ctx.state.locale = language
	ctx.state.t = ctx.blog.catalog.translator(language)
}
