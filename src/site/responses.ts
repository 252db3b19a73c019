import { listResponses, type Response } from '../comments/queries.ts'
import { type Thread, threadsOf } from '../comments/thread.ts'
import { formatMoment } from '../i18n/dates.ts'
import type { ResponseNode, Responses } from '../views/model.ts'
import type { Context } from '../web/context.ts'

const DEPTH = 5

/** The conversation under a post, the same under each of its translations. */
export async function responsesOf(
	ctx: Context,
	post: { id: number; path: string; title: string; open: boolean },
): Promise<Responses> {
	const { t } = ctx.state
	const responses = await listResponses(ctx.blog.db, post.id)
	const count = responses.length
	return {
		heading: count === 0 ? t('responses.none') : t('responses.heading', { count, title: post.title }),
		count,
		feed: `${post.path}feed/`,
		thread: threadsOf(responses, DEPTH).map((thread) => responseNode(ctx, post.path, thread)),
		closed: post.open ? undefined : t('responses.closed'),
		filter: [],
	}
}

function responseNode(ctx: Context, path: string, { response, replyingTo, children }: Thread<Response>): ResponseNode {
	return {
		id: response.id,
		kind: response.kind,
		lang: response.locale,
		name: nameOf(ctx, response),
		url: response.url || undefined,
		byAuthor: response.author_id !== null,
		published: formatMoment(response.created_at, ctx.state.locale, ctx.blog.config.timezone),
		permalink: `${path}#comment-${response.id}`,
		content: response.html,
		replyingTo: replyingTo && { href: `#comment-${replyingTo.id}`, text: nameOf(ctx, replyingTo) },
		held: false,
		children: children.map((child) => responseNode(ctx, path, child)),
	}
}

function nameOf({ state: { t } }: Context, response: Response): string {
	return response.name || t('responses.anonymous')
}
