import type { WxrAuthor, WxrChannel, WxrComment, WxrItem, WxrItemTerm, WxrMeta, WxrTerm } from './types.ts'

/** A part of the file that has fields and parts of its own. */
export interface Record {
	name: string
	line: number
	fields: Map<string, string>
	parts: Record[]
	terms: WxrItemTerm[]
}

/** Elements that have fields; all others inside them are fields. */
export const RECORDS = new Set([
	...['item', 'wp:author', 'wp:category', 'wp:tag', 'wp:term'],
	...['wp:comment', 'wp:postmeta', 'wp:termmeta', 'wp:commentmeta'],
])

/** The blog's own fields. */
export function toChannel(record: Record): WxrChannel {
	const field = reader(record)
	return {
		title: field('title'),
		description: field('description'),
		link: field('link').trim(),
		language: field('language').trim(),
		baseSiteUrl: field('wp:base_site_url').trim(),
		baseBlogUrl: field('wp:base_blog_url').trim(),
	}
}

/** A `wp:author`. */
export function toAuthor(record: Record): WxrAuthor {
	const field = reader(record)
	const fullName = `${field('wp:author_first_name')} ${field('wp:author_last_name')}`.trim()
	return {
		id: field('wp:author_id').trim(),
		login: field('wp:author_login').trim(),
		email: field('wp:author_email').trim(),
		name: field('wp:author_display_name').trim() || fullName,
	}
}

/** A `wp:category`, `wp:tag` or `wp:term`. */
export function toTerm(record: Record): WxrTerm {
	const field = reader(record)
	const first = (...names: string[]) => names.map(field).find(Boolean) ?? ''
	const taxonomy = { 'wp:category': 'category', 'wp:tag': 'post_tag' }[record.name]
	return {
		id: field('wp:term_id').trim(),
		taxonomy: taxonomy ?? field('wp:term_taxonomy').trim(),
		slug: first('wp:category_nicename', 'wp:tag_slug', 'wp:term_slug').trim(),
		name: first('wp:cat_name', 'wp:tag_name', 'wp:term_name').trim(),
		parent: first('wp:category_parent', 'wp:term_parent').trim(),
		description: first('wp:category_description', 'wp:tag_description', 'wp:term_description'),
		meta: metaOf(record),
	}
}

/** An `item`. */
export function toItem(record: Record): WxrItem {
	const field = reader(record)
	const trimmed = (name: string) => field(name).trim()
	return {
		line: record.line,
		id: trimmed('wp:post_id'),
		title: field('title'),
		link: trimmed('link'),
		pubDate: trimmed('pubDate'),
		creator: trimmed('dc:creator'),
		guid: trimmed('guid'),
		content: field('content:encoded'),
		excerpt: field('excerpt:encoded'),
		date: trimmed('wp:post_date'),
		dateGmt: trimmed('wp:post_date_gmt'),
		modified: trimmed('wp:post_modified'),
		modifiedGmt: trimmed('wp:post_modified_gmt'),
		commentStatus: trimmed('wp:comment_status'),
		pingStatus: trimmed('wp:ping_status'),
		name: trimmed('wp:post_name'),
		status: trimmed('wp:status'),
		parent: trimmed('wp:post_parent'),
		menuOrder: trimmed('wp:menu_order'),
		type: trimmed('wp:post_type'),
		password: field('wp:post_password'),
		sticky: trimmed('wp:is_sticky') === '1',
		attachmentUrl: trimmed('wp:attachment_url'),
		terms: record.terms,
		meta: metaOf(record),
		comments: record.parts.filter(({ name }) => name === 'wp:comment').map(toComment),
	}
}

function toComment(record: Record): WxrComment {
	const field = reader(record)
	const trimmed = (name: string) => field(`wp:comment_${name}`).trim()
	return {
		id: trimmed('id'),
		author: trimmed('author'),
		email: trimmed('author_email'),
		url: trimmed('author_url'),
		ip: trimmed('author_IP'),
		date: trimmed('date'),
		dateGmt: trimmed('date_gmt'),
		content: field('wp:comment_content'),
		approved: trimmed('approved'),
		type: trimmed('type'),
		parent: trimmed('parent'),
		userId: trimmed('user_id'),
		meta: metaOf(record),
	}
}

function metaOf(record: Record): WxrMeta[] {
	return record.parts
		.filter(({ name }) => name.endsWith('meta'))
		.map(({ fields }) => ({ key: fields.get('wp:meta_key')?.trim() ?? '', value: fields.get('wp:meta_value') ?? '' }))
}

function reader({ fields }: Record): (name: string) => string {
	return (name) => fields.get(name) ?? ''
}
