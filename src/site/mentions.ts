import type { Shown } from '../comments/thread-queries.ts'
import { faceOf } from '../mentions/face.ts'
import { takesMentions } from '../mentions/target.ts'
import type { Whole } from '../posts/queries.ts'
import type { MentionNode, Reaction, Responses } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import type { ConversationPage } from './conversation.ts'

const KINDS = ['like', 'repost'] as const
/** More faces than this are told as a number. */
const MOST_FACES = 60
/** So few are shown by their names. */
const FEW = 5

/** What is shown of a mention besides what it says; nothing for a comment. */
export function mentionOf(ctx: Context, response: Shown): MentionNode | undefined {
	if (response.kind === 'comment') return undefined
	const { mention, title, url } = response
	const host = URL.parse(url)?.hostname.replace(/^www\./, '')
	return {
		label: labelOf(ctx, response),
		title: title && mention !== 'like' ? title : undefined,
		source: host ? { href: url, text: host } : undefined,
	}
}

/**
 * i18n: mentions.types.reply mentions.types.bookmark mentions.types.translation
 * i18n: responses.pingback responses.trackback responses.webmention
 */
function labelOf({ state: { t } }: Context, { kind, mention }: Shown): string {
	const isTelling = mention === 'reply' || mention === 'bookmark' || mention === 'translation'
	return isTelling ? t(`mentions.types.${mention}`) : t(`responses.${kind}`)
}

/** Likes and reposts, a row of faces each. i18n: mentions.likes mentions.reposts */
export function reactionsOf(ctx: Context, { reactions, reactionCounts }: ConversationPage): Reaction[] {
	const { blog, state } = ctx
	return KINDS.flatMap((kind) => {
		const count = reactionCounts.get(kind) ?? 0
		if (count === 0) return []
		const people = reactions.filter(({ mention }) => mention === kind).slice(0, MOST_FACES)
		const rest = count - people.length
		return {
			kind,
			text: state.t(`mentions.${kind}s`, { count }),
			few: count <= FEW,
			people: people.map((one) => ({
				id: one.id,
				name: one.name || state.t('responses.anonymous'),
				url: one.url,
				avatar: faceOf(blog.secret, one),
			})),
			more:
				rest > 0 ? state.t('mentions.more', { number: new Intl.NumberFormat(state.locale).format(rest) }) : undefined,
		}
	})
}

/** Where a post takes mentions, which its headers say too; nothing when it takes none. */
export function mentionForm(ctx: Context, post: Whole, path: string): Responses['mentionForm'] {
	const { config, clock } = ctx.blog
	if (!takesMentions(post, ctx.state.settings, clock())) return undefined
	const form = {
		action: '/webmention',
		target: config.siteUrl + path,
		trackback: `/trackback/${post.post_id}/`,
		webmention: `${config.siteUrl}/webmention`,
		pingback: `${config.siteUrl}/xmlrpc`,
	}
	ctx.set('X-Pingback', form.pingback)
	ctx.append('Link', `<${form.webmention}>; rel="webmention"`)
	return form
}
