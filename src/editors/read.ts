import type { Status, Time } from '../db/schema.ts'
import { textOf } from '../markdown/text.ts'
import { parse } from '../markdown/tree.ts'
import { cleanLine, cleanText } from '../web/fields.ts'
import type { Struct } from '../xmlrpc/value.ts'
import { flagIn, idOf, listIn, numbersIn, structIn, textIn, timeIn } from './members.ts'
import type { Written } from './written.ts'

const MORE = '<!--more-->'
const LONGEST_DECODED = 2000

const STATUSES: Record<string, Status> = {
	publish: 'published',
	future: 'published',
	private: 'private',
	draft: 'draft',
	pending: 'draft',
	'auto-draft': 'draft',
}

/** A post of MetaWeblog with what Movable Type and WordPress have added to it. @throws Fault -32602 */
export function readMetaWeblog(post: Struct, publish: boolean | undefined, timezone: string): Written {
	const whether = publish === undefined ? undefined : publish ? 'published' : 'draft'
	const page = textIn(post, 'post_type')
	return {
		title: titleIn(post, 'title'),
		text: joined(textIn(post, 'description'), textIn(post, 'mt_text_more')),
		format: formatIn(post),
		excerpt: trimmed(textIn(post, 'mt_excerpt')),
		slug: textIn(post, 'wp_slug') ?? textIn(post, 'mt_basename'),
		status: STATUSES[textIn(post, 'post_status') ?? ''] ?? whether,
		publishedAt: momentIn(post, 'date_created_gmt', 'dateCreated', timezone),
		password: textIn(post, 'wp_password'),
		kind: page === undefined ? undefined : page === 'page' ? 'page' : 'post',
		sticky: flagIn(post, 'sticky'),
		commentsOpen: flagIn(post, 'mt_allow_comments'),
		pingsOpen: flagIn(post, 'mt_allow_pings'),
		coverId: coverIn(post, 'wp_post_thumbnail'),
		categories: listIn(post, 'categories')?.map(entitiesIn),
		tags: listIn(post, 'mt_keywords')?.map(entitiesIn),
	}
}

/** A post of WordPress's own methods. @throws Fault -32602 */
export function readWordPress(post: Struct, timezone: string): Written {
	const type = textIn(post, 'post_type')
	const [ids, names] = [structIn(post, 'terms'), structIn(post, 'terms_names')]
	const terms = (taxonomy: string) => {
		const [numbers, texts] = [numbersIn(ids, taxonomy), listIn(names, taxonomy)?.map(entitiesIn)]
		return numbers || texts ? [...(numbers ?? []), ...(texts ?? [])] : undefined
	}
	return {
		title: titleIn(post, 'post_title'),
		text: joined(textIn(post, 'post_content')),
		format: formatIn(post),
		excerpt: trimmed(textIn(post, 'post_excerpt')),
		slug: textIn(post, 'post_name'),
		status: STATUSES[textIn(post, 'post_status') ?? ''],
		publishedAt: momentIn(post, 'post_date_gmt', 'post_date', timezone),
		password: textIn(post, 'post_password'),
		kind: type === undefined ? undefined : type === 'page' ? 'page' : 'post',
		sticky: flagIn(post, 'sticky'),
		commentsOpen: flagIn(post, 'comment_status'),
		pingsOpen: flagIn(post, 'ping_status'),
		coverId: coverIn(post, 'post_thumbnail'),
		categories: terms('category'),
		tags: terms('post_tag'),
	}
}

/** Of the two dates that of UTC counts: no zone can be mistaken in it. */
function momentIn(post: Struct, gmt: string, local: string, timezone: string): Time | undefined {
	return timeIn(post, gmt, 'UTC') ?? timeIn(post, local, timezone)
}

/** Many editors write a title as HTML, with entities; what looks like a tag stays as it is. */
function titleIn(post: Struct, name: string): string | undefined {
	const title = textIn(post, name)
	return title === undefined ? undefined : cleanLine(entitiesIn(title))
}

function entitiesIn(text: string): string {
	// A longer one is refused for its length: it needn't be read.
	if (text.length > LONGEST_DECODED) return text
	return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,30});/gi, (entity) => textOf(parse(entity)) || entity)
}

/** What stands before the mark of the excerpt and after it: a block of its own, as it was where nothing was changed. */
function joined(beginning?: string, more?: string): string | undefined {
	if (beginning === undefined) return undefined
	if (!more) return cleanText(beginning)
	const [before, after] = [beginning.endsWith('\n') ? '' : '\n\n', more.startsWith('\n') ? '' : '\n\n']
	return cleanText(`${beginning}${before}${MORE}${after}${more}`)
}

function trimmed(text?: string): string | undefined {
	return text === undefined ? undefined : cleanText(text).trim()
}

/** By the text filter; editors write HTML unless they name another. */
function formatIn(post: Struct): Written['format'] {
	const filter = textIn(post, 'mt_convert_breaks')
	if (filter === undefined || filter === '') return undefined
	return filter.startsWith('markdown') ? 'markdown' : 'html'
}

/** The number of a picture; 0 or nothing takes it away. */
function coverIn(post: Struct, name: string): number | null | undefined {
	if (post[name] === undefined || post[name] === null) return undefined
	return idOf(post[name]) || null
}
