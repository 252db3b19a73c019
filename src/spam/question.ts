import type { Comment } from '../db/schema.ts'
import type { AkismetComment } from '../net/akismet.ts'
import { type Addressed, permalink } from '../posts/permalink.ts'

/** The name of the hidden field of the comment form. */
const TRAP = 'subject'

/** What Akismet is told of a response under a post, whose visible translations are `places`. */
export function questionOf(
	comment: Comment,
	places: (Addressed & { modified_at: number })[],
	{ siteUrl, recheck }: { siteUrl: string; recheck?: string },
): AkismetComment {
	const place = places.find(({ locale }) => locale === comment.locale) ?? places[0]
	return {
		user_ip: comment.ip,
		user_agent: comment.user_agent,
		referrer: comment.referrer,
		permalink: siteUrl + (place ? permalink(place) : ''),
		comment_type: comment.kind === 'comment' && comment.parent_id ? 'reply' : comment.kind,
		comment_author: comment.name,
		comment_author_email: comment.email,
		comment_author_url: comment.url,
		comment_content: comment.source,
		comment_date_gmt: new Date(comment.created_at).toISOString(),
		comment_post_modified_gmt: place ? new Date(place.modified_at).toISOString() : '',
		honeypot: { name: TRAP, value: comment.trap },
		recheck_reason: recheck,
	}
}
