import type { SignedIn } from '../../authors/sessions.ts'
import { HttpError } from '../../errors.ts'
import { closeDoors, leadTo } from '../../site/admin-page.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { MOST_BYTES } from '../../web/fields.ts'
import { addressOf } from '../address.ts'
import { type Loaded, load } from '../load.ts'
import { clockTime, othersWriting, placeOf, toKept } from './draft.ts'
import { dropUnsaved, keepUnsaved } from './queries.ts'

const KEY = /^[\w-]{8,64}$/

/** Keeps what is being typed, every few seconds; nothing that readers see changes. Answers as `draftNews` does. */
export async function keepDraft(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const form = await readForm(ctx, MOST_BYTES)
	const now = ctx.blog.clock()
	const place = placeOf(author, loaded, keyOf(form))
	await keepUnsaved(ctx.blog.db, place, { postId: loaded.post?.id, form: toKept(form), now })
	await tellNews(ctx, author, loaded, ctx.state.t('admin.keptAt', { time: clockTime(ctx, now) }))
}

/** What a writer should know: who else writes this text, and which revision is saved; JSON. */
export async function draftNews(ctx: Context, author: SignedIn): Promise<void> {
	await tellNews(ctx, author, await load(ctx, author))
}

/** Throws away what was typed and not saved. */
export async function discardDraft(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const form = await readForm(ctx)
	await dropUnsaved(ctx.blog.db, placeOf(author, loaded, keyOf(form)))
	leadTo(ctx, `${addressOf(loaded.post?.id, loaded.lang)}?done=discarded`)
}

async function tellNews(ctx: Context, author: SignedIn, loaded: Loaded, kept?: string): Promise<void> {
	closeDoors(ctx)
	ctx.body = {
		kept,
		others: await othersWriting(ctx, author, loaded),
		revision: loaded.stored?.revision ?? 0,
	}
}

function keyOf(form: URLSearchParams): string {
	const key = form.get('key') ?? ''
	if (!KEY.test(key)) throw new HttpError(400)
	return key
}
