import { createHash } from 'node:crypto'
import type { Comment } from '../db/schema.ts'
import { renderComment } from '../markdown/comment.ts'
import type { Blog } from '../web/context.ts'
import { decide } from './decide.ts'
import type { CommentInput } from './form.ts'
import { languageOf } from './language.ts'
import type { CommentPolicy } from './policy.ts'
import { type findParent, isDuplicate, isKnownWriter } from './queries.ts'
import { insertPlaced } from './thread-queries.ts'

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
	const { db, clock, config } = blog
	const { input, postId, parent } = incoming
	const digest = digestOf(input)
	if (await isDuplicate(db, postId, digest)) return undefined
	const html = renderComment(input.text)
	const candidate = { ...input, html, isKnown: await isKnownWriter(db, input) }
	const locale = await languageOf(input.text, config.languages, incoming.locale)
	const { status, reasons } = decide(candidate, incoming.policy)
	return db.transaction().execute(async (trx) =>
		insertPlaced(
			trx,
			{
				post_id: postId,
				kind: 'comment',
				status,
				reasons: JSON.stringify(reasons),
				locale,
				name: input.name,
				email: input.email,
				url: input.url,
				ip: incoming.ip,
				user_agent: incoming.userAgent.slice(0, 500),
				referrer: incoming.referrer.slice(0, 500),
				trap: input.trap.slice(0, 500),
				digest,
				format: 'markdown',
				source: input.text,
				html,
				author_id: null,
				created_at: clock(),
			},
			parent,
		),
	)
}

function digestOf({ name, email, text }: CommentInput): string {
	return createHash('sha256').update([name, email, text].join('\n').toLowerCase()).digest('base64url')
}
