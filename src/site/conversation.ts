import { HELD_COOKIE, readHeld } from '../comments/held.ts'
import { type ThreadNode, threadsOf } from '../comments/thread.ts'
import {
	countBefore,
	countReactions,
	countShown,
	listAncestors,
	listElsewhere,
	listFirst,
	listReactions,
	listShown,
	type Shown,
	type Thread,
} from '../comments/thread-queries.ts'
import { lastPage, pageAt } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { readCookie } from '../web/cookies.ts'

/** A page of a conversation as it is read from the database. */
export interface ConversationPage {
	nodes: ThreadNode<Shown>[]
	/** Approved responses by language, whatever the filter. */
	counts: Map<string, number>
	total: number
	number: number
	last: number
	only?: string
	/** Likes and reposts, at most MOST_REACTIONS, and how many there are of each. */
	reactions: Shown[]
	reactionCounts: Map<string, number>
}

const MOST_REACTIONS = 200

/** Which page of a conversation is asked for, and by whom. */
export interface Asked {
	wanted: number
	only?: string
	/** Comments of this reader that wait for the author. */
	held: number[]
}

/** What `?comments=N` and `?only=L` ask for. */
export function askedOf(ctx: Context): Asked {
	return {
		wanted: Math.min(1e6, Number.parseInt(String(ctx.query.comments ?? 1), 10) || 1),
		only: ctx.blog.config.languages.find((code) => code === ctx.query.only),
		held: heldIds(ctx),
	}
}

/** Reads a page of a conversation. */
export async function readConversation(
	ctx: Context,
	postId: number,
	{ wanted, only, held }: Asked,
): Promise<ConversationPage> {
	const { order, perPage, depth } = ctx.state.settings.comments
	const thread = { postId, order, only, held }
	const { db } = ctx.blog
	const both = { limit: perPage + 1, reactions: MOST_REACTIONS }
	const { rows: first, reactions } =
		wanted === 1
			? await listFirst(db, thread, both)
			: { rows: undefined, reactions: await listReactions(db, thread, MOST_REACTIONS) }
	// What fits one page is counted without asking again.
	const isWhole = first && !only && first.length <= perPage
	const counts = isWhole ? countsOf(first) : await countAll(ctx, postId)
	// Those that wait take room too, on the pages of their writer.
	const sizes = isWhole || !(only || thread.held.length) ? counts : await countShown(db, thread)
	const last = lastPage(sum(sizes), perPage)
	const number = Math.max(1, Math.min(wanted, last))
	const offset = (number - 1) * perPage
	const rows = first?.slice(0, perPage) ?? (await listShown(db, thread, { offset, limit: perPage }))
	const nodes = await nodesOf(ctx, thread, rows, depth)
	const reactionCounts = await countsByKind(ctx, postId, reactions)
	return { nodes, counts, total: sum(counts), number, last, only, reactions, reactionCounts }
}

/** Thousands of responses take longer to count than a page of them to show. */
async function countAll({ blog, state }: Context, postId: number): Promise<Map<string, number>> {
	const { locale, versions } = state
	const at = { scopes: [`listing:${locale}`], versions, now: blog.clock() }
	return blog.memory.keep(`responses:${locale}:${postId}`, at, async () => ({
		value: await countShown(blog.db, { postId }),
		until: Number.POSITIVE_INFINITY,
	}))
}

/** The number of the page on which a response of this conversation stands. */
export async function pageOfResponse(ctx: Context, response: { id: number; post_id: number }): Promise<number> {
	const { order, perPage } = ctx.state.settings.comments
	const thread = { postId: response.post_id, order, held: heldIds(ctx) }
	return pageAt(await countBefore(ctx.blog.db, thread, response), perPage)
}

/** Comments of this reader that wait for the author; who has some is given pages of their own. */
function heldIds(ctx: Context): number[] {
	const held = readHeld(ctx.blog.secret, readCookie(ctx, HELD_COOKIE))
	if (held.length > 0) ctx.set('Cache-Control', 'private, no-store')
	return held
}

/** What came whole is counted without asking again. */
async function countsByKind({ blog }: Context, postId: number, reactions: Shown[]): Promise<Map<string, number>> {
	if (reactions.length === MOST_REACTIONS) return countReactions(blog.db, postId)
	const kinds = Map.groupBy(reactions, ({ mention }) => mention)
	return new Map([...kinds].map(([kind, rows]) => [kind, rows.length]))
}

function countsOf(rows: Shown[]): Map<string, number> {
	const counts = new Map<string, number>()
	for (const { status, locale } of rows) {
		if (status === 'approved') counts.set(locale, (counts.get(locale) ?? 0) + 1)
	}
	return counts
}

/** A page that begins inside a thread repeats the ancestors of its first response. */
async function nodesOf(ctx: Context, thread: Thread, rows: Shown[], depth: number): Promise<ThreadNode<Shown>[]> {
	const { db } = ctx.blog
	const [first] = rows
	const ancestors = first && !thread.only ? await listAncestors(db, thread.postId, first, depth - 1) : []
	const here = new Set([...ancestors, ...rows].map(({ id }) => id))
	const missing = rows.map(({ parent_id }) => parent_id).filter((id) => id !== null && !here.has(id)) as number[]
	const outside = await listElsewhere(db, thread, [...new Set(missing)])
	return threadsOf([...ancestors, ...rows], depth, { outside, head: ancestors.at(-1)?.id })
}

function sum(counts: Map<string, number>): number {
	return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
