import { randomBytes } from 'node:crypto'
import type { SignedIn } from '../../authors/sessions.ts'
import { leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { addressOf } from '../address.ts'
import { loadStored } from '../load.ts'
import { deletePreview, insertPreview } from './queries.ts'

const WEEK = 7 * 24 * 60 * 60 * 1000

/** Makes a link by which anyone may read a draft for a week. */
export async function sharePreview(ctx: Context, author: SignedIn): Promise<void> {
	const { post, lang, stored } = await loadStored(ctx, author)
	await insertPreview(ctx.blog.db, {
		token: randomBytes(24).toString('base64url'),
		translation_id: stored.id,
		author_id: author.id,
		expires_at: ctx.blog.clock() + WEEK,
	})
	leadTo(ctx, `${addressOf(post.id, lang)}?done=shared#previews`)
}

/** Ends such a link. */
export async function endPreview(ctx: Context, author: SignedIn): Promise<void> {
	const { post, lang, stored } = await loadStored(ctx, author)
	const token = (await readForm(ctx)).get('token') ?? ''
	await deletePreview(ctx.blog.db, stored.id, token)
	leadTo(ctx, `${addressOf(post.id, lang)}?done=unshared#previews`)
}
