import { createHash } from 'node:crypto'
import type { Comment } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import { renderComment } from '../markdown/comment.ts'
import { enqueueNotices, subscribe } from '../notices/enqueue.ts'
import { lockPresent } from '../posts/joining/queries.ts'
import { isAskable, startCheck } from '../spam/checks.ts'
import { judge } from '../spam/filter.ts'
import type { Blog } from '../web/context.ts'
import { decide } from './decide.ts'
import type { CommentInput } from './form.ts'
import { languageOf } from './language.ts'
import type { CommentPolicy } from './policy.ts'
import { findParent, isDuplicate, isKnownWriter } from './queries.ts'
import { insertPlaced } from './thread-queries.ts'
import { standingOf } from './writers/standing.ts'

/** A comment on its way in: what was typed, where, and by whom as far as the request tells. */
export interface Incoming {
	postId: number
	/** The language of the page. */
	locale: string
	input: CommentInput
	parent: Awaited<ReturnType<typeof findParent>>
	policy: CommentPolicy
	ip: string
	userAgent: string
	referrer: string
}

/** Stores a comment as the rules and the local filter decide, with the jobs that follow; undefined for a duplicate. */
export async function createComment(blog: Blog, incoming: Incoming): Promise<Comment | undefined> {
	const { db, config, clock } = blog
	const { input, parent } = incoming
	const row = await rowOf(blog, incoming)
	const stored = await db.transaction().execute(async (trx) => {
		// Its post may have been joined with another one since it was looked for, and its parent put in another place.
		const post_id = await lockPresent(trx, incoming.postId)
		const above = parent && (await findParent(trx, post_id, parent.id))
		if (await isDuplicate(trx, post_id, row.digest)) return undefined
		const comment = await insertPlaced(trx, { ...row, post_id }, above)
		if (comment.status !== 'spam') await startCheck(trx, config, comment)
		if (input.notify) await subscribe(trx, config, comment, clock())
		await enqueueNotices(trx, config, comment)
		return comment
	})
	wake()
	return stored
}

async function rowOf({ db, clock, config, secret }: Blog, incoming: Incoming) {
	const { input, postId, parent, policy, ip, userAgent, referrer } = incoming
	const { name, email, url, text, trap } = input
	const written = {
		post_id: postId,
		kind: 'comment',
		locale: await languageOf(text, config.languages, incoming.locale),
		name,
		email,
		url,
		html: renderComment(text),
	} as const
	const isKnown = await isKnownWriter(db, input)
	const standing = await standingOf(db, secret, { ...written, ip })
	const judgement = await judge(db, { ...written, parent_id: parent?.id ?? null })
	const asksAkismet = isAskable(config, { ip })
	const { status, reasons } = decide(
		{ ...input, html: written.html, standing, isKnown, judgement, asksAkismet },
		policy,
	)
	return {
		...written,
		status,
		reasons: JSON.stringify(reasons),
		ip,
		user_agent: userAgent.slice(0, 500),
		referrer: referrer.slice(0, 500),
		trap: trap.slice(0, 500),
		digest: digestOf(input),
		format: 'markdown',
		source: text,
		author_id: null,
		created_at: clock(),
	} as const
}

/** The same words to two people are two comments. */
function digestOf({ name, email, text, parent }: CommentInput): string {
	return createHash('sha256').update([name, email, parent, text].join('\n').toLowerCase()).digest('base64url')
}
