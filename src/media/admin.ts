import type { SignedIn } from '../authors/sessions.ts'
import { closeDoors } from '../site/admin-page.ts'
import type { Context } from '../web/context.ts'
import { redirect } from '../web/redirect.ts'
import { mediaFacts, type Outcome, receiveUploads } from './receive.ts'

/** Stores what an author uploads; programs are answered with a list: of each file its facts, or why it isn't taken. */
export async function uploadMedia(ctx: Context, author: SignedIn): Promise<void> {
	const outcomes = await receiveUploads(ctx, author.id)
	if (ctx.accepts('html', 'json') === 'json') return tellOutcomes(ctx, outcomes)
	closeDoors(ctx)
	redirect(ctx, '/admin/media/', 303)
}

function tellOutcomes(ctx: Context, outcomes: Outcome[]): void {
	closeDoors(ctx)
	ctx.status = outcomes.some((outcome) => 'media' in outcome) ? 200 : 422
	ctx.body = outcomes.map((outcome) =>
		'media' in outcome ? mediaFacts(outcome.media) : { name: outcome.name, error: outcome.reason },
	)
}
