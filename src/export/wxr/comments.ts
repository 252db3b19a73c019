import type { Comment } from '../../db/schema.ts'
import { wpDate } from './dates.ts'
import { around, cdata, meta, plain } from './xml.ts'

const APPROVED = { approved: '1', held: '0', spam: 'spam', trash: 'trash' } as const

/** A response as WordPress has it; what it has no place for is beside, for Otklik. */
export function writeComment(row: Comment, timezone: string): string {
	const { id, name, email, url, ip, created_at, status, kind, parent_id, author_id } = row
	return around(
		'wp:comment',
		plain('wp:comment_id', id) +
			cdata('wp:comment_author', name) +
			cdata('wp:comment_author_email', email) +
			plain('wp:comment_author_url', url) +
			cdata('wp:comment_author_IP', ip) +
			cdata('wp:comment_date', wpDate(created_at, timezone)) +
			cdata('wp:comment_date_gmt', wpDate(created_at, 'UTC')) +
			cdata('wp:comment_content', row.html) +
			cdata('wp:comment_approved', APPROVED[status]) +
			cdata('wp:comment_type', kind) +
			plain('wp:comment_parent', parent_id ?? 0) +
			plain('wp:comment_user_id', author_id ?? 0) +
			meta('comment', '_otklik', JSON.stringify(ownOf(row))),
	)
}

function ownOf({ name, locale, format, source, created_at, mention, title, author_url }: Comment) {
	return { name, locale, format, source, created_at, mention, title, author_url }
}
