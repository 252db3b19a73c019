import type { Time } from '../db/schema.ts'
import { permalink } from '../posts/permalink.ts'
import { stateOf } from '../posts/states.ts'
import type { Struct } from '../xmlrpc/value.ts'
import { dateTime } from './members.ts'
import type { AuthorCall } from './method.ts'
import type { Entry, listFiled, listTerms } from './queries.ts'

type Filed = Awaited<ReturnType<typeof listFiled>>[number]
type Term = Filed | Awaited<ReturnType<typeof listTerms>>[number]

const MORE = /<!--more(?:[ \t][^<>]*)?-->/

/** A translation as MetaWeblog tells of a post, with what Movable Type and WordPress have added. */
export function asMetaWeblog(call: AuthorCall, entry: Entry, filed: Filed[]): Struct {
	const [beginning, ...rest] = entry.source.split(MORE)
	const link = linkOf(call, entry)
	return {
		...asTitle(call, entry),
		description: beginning!,
		mt_text_more: rest.join(''),
		mt_excerpt: entry.manual_excerpt,
		mt_keywords: namesOf(filed, 'tag').join(', '),
		mt_allow_comments: entry.comments_open,
		mt_allow_pings: entry.pings_open,
		mt_convert_breaks: entry.format === 'markdown' ? 'markdown' : '1',
		categories: namesOf(filed, 'category'),
		link,
		permaLink: link,
		wp_slug: entry.slug,
		wp_password: entry.password ?? '',
		wp_author_id: String(entry.author_id ?? ''),
		wp_author_display_name: entry.author_name ?? '',
		wp_post_thumbnail: entry.cover_id === null ? '' : String(entry.cover_id),
		date_modified: dateTime(entry.modified_at, call.blog.config.timezone),
		date_modified_gmt: dateTime(entry.modified_at, 'UTC'),
		sticky: entry.sticky === 1,
		lang: entry.locale,
		custom_fields: [],
	}
}

/** The same in a few words. */
export function asTitle(call: AuthorCall, entry: Entry): Struct {
	return {
		postid: String(entry.id),
		title: entry.title,
		userid: String(entry.author_id ?? ''),
		dateCreated: dateTime(timeOf(entry), call.blog.config.timezone),
		date_created_gmt: dateTime(timeOf(entry), 'UTC'),
		post_status: statusOf(call, entry),
	}
}

/** A translation as WordPress's own methods tell of a post. */
export function asWordPress(call: AuthorCall, entry: Entry, filed: Filed[]): Struct {
	const { timezone } = call.blog.config
	return {
		post_id: String(entry.id),
		post_title: entry.title,
		post_content: entry.source,
		post_excerpt: entry.manual_excerpt,
		post_name: entry.slug,
		post_status: statusOf(call, entry),
		post_type: entry.kind,
		post_author: String(entry.author_id ?? ''),
		post_password: entry.password ?? '',
		post_date: dateTime(timeOf(entry), timezone),
		post_date_gmt: dateTime(timeOf(entry), 'UTC'),
		post_modified: dateTime(entry.modified_at, timezone),
		post_modified_gmt: dateTime(entry.modified_at, 'UTC'),
		post_format: 'standard',
		post_parent: '0',
		post_mime_type: '',
		post_thumbnail: entry.cover_id === null ? [] : { attachment_id: String(entry.cover_id) },
		menu_order: 0,
		link: linkOf(call, entry),
		guid: entry.guid,
		comment_status: entry.comments_open ? 'open' : 'closed',
		ping_status: entry.pings_open ? 'open' : 'closed',
		sticky: entry.sticky === 1,
		lang: entry.locale,
		terms: filed.filter(({ name }) => name !== null).map(asTerm),
		custom_fields: [],
	}
}

/** A term as WordPress's own methods tell of it. */
export function asTerm(term: Term): Struct {
	return {
		term_id: String(term.id),
		name: term.name ?? '',
		slug: term.slug ?? '',
		description: term.description ?? '',
		taxonomy: term.kind === 'tag' ? 'post_tag' : 'category',
		term_group: '0',
		term_taxonomy_id: String(term.id),
		parent: String(term.parent_id ?? 0),
		count: 'count' in term ? Number(term.count) : 0,
	}
}

/** Where readers find it, or until then its author. */
export function linkOf({ blog }: Pick<AuthorCall, 'blog'>, entry: Entry): string {
	const { siteUrl } = blog.config
	const isAddressed = entry.kind === 'page' || entry.year !== null
	return siteUrl + (isAddressed ? permalink(entry) : `/admin/posts/${entry.post_id}/${entry.locale}/`)
}

function timeOf({ published_at, modified_at }: Entry): Time {
	return published_at ?? modified_at
}

function statusOf({ blog }: AuthorCall, entry: Entry): string {
	const state = stateOf(entry, blog.clock())
	return { published: 'publish', scheduled: 'future', draft: 'draft', private: 'private', trash: 'trash' }[
		state as 'draft'
	]
}

function namesOf(filed: Filed[], kind: Filed['kind']): string[] {
	return filed.flatMap((term) => (term.kind === kind && term.name !== null ? [term.name] : []))
}
