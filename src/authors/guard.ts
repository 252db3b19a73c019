import { countHeld } from '../comments/admin-queries.ts'
import { HttpError } from '../errors.ts'
import type { Context, Handler } from '../web/context.ts'
import { keepSession, sessionToken } from '../web/session.ts'
import { confinedTo, isEditor } from './roles.ts'
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
		if (!author) return turnedAway(ctx)
		ctx.state.waiting = { held: await countHeld(ctx.blog.db, confinedTo(author)) }
		return handler(ctx, author)
	}
}

/** Lets those in who look after the whole blog. @example room('terms/', editorsOnly(termsPage)) */
export function editorsOnly(handler: AuthorHandler): AuthorHandler {
	return only(isEditor, handler)
}

/** Lets owners in. */
export function ownerOnly(handler: AuthorHandler): AuthorHandler {
	return only(({ role }) => role === 'owner', handler)
}

/** @throws HttpError 403 for the others */
function only(may: (author: SignedIn) => boolean, handler: AuthorHandler): AuthorHandler {
	return (ctx, author) => {
		if (!may(author)) throw new HttpError(403)
		return handler(ctx, author)
	}
}

function speak(ctx: Context, language: string | null): void {
	if (!language || !ctx.blog.config.languages.includes(language)) return
	ctx.state.locale = language
	ctx.state.t = ctx.blog.catalog.translator(language)
}
