import { readComments } from '../comments/queries.ts'
import { notFound } from '../errors.ts'
import { CircuitOpen } from '../net/circuit.ts'
import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { avatarFile, avatarHash } from './avatar.ts'

const DAY = 24 * 60 * 60
/** Without an answer of Gravatar the drawn picture is a makeshift. */
const MAKESHIFT = 60

/** The picture of who wrote an approved response: from Gravatar through the blog, or the one drawn here. */
export async function avatar(ctx: Context): Promise<void> {
	const { db, secret, clock } = ctx.blog
	if (!ctx.state.settings.comments.gravatar) throw notFound()
	const [response] = await readComments(db, [Number(ctx.params.number)])
	if (response?.status !== 'approved' || response.email === '') throw notFound()
	const picture = await pictureOf(ctx, response.email)
	ctx.set('Cache-Control', `public, max-age=${picture === undefined ? MAKESHIFT : DAY}`)
	ctx.set('X-Content-Type-Options', 'nosniff')
	if (picture) respond(ctx, 'image/jpeg', picture, {}, clock())
	else respond(ctx, 'image/svg+xml', avatarFile(avatarHash(secret, response)), {}, clock())
}

/** Nothing while there is no answer. */
async function pictureOf({ blog }: Context, email: string): Promise<Buffer | null | undefined> {
	try {
		return await blog.pictures.of(email)
	} catch (error) {
		if (!(error instanceof CircuitOpen)) blog.log.warn({ err: error }, 'a picture of a writer could not be fetched')
		return undefined
	}
}
