import type { Status } from '../../db/schema.ts'
import type { WxrComment, WxrItem } from './types.ts'

/** How the report calls the post types that are taken. */
export const TAKEN_KINDS: Record<string, string> = { post: 'posts', page: 'pages', attachment: 'attachments' }

/** How the report calls other post types, and why they are not taken. */
const OTHER_TYPES: Record<string, [kind: string, reason: string]> = {
	nav_menu_item: ['menu items', 'the theme makes the navigation out of the pages'],
	revision: ['revisions', 'only the present text of a post is taken'],
	customize_changeset: ['theme settings', 'they belong to a WordPress theme'],
	custom_css: ['theme settings', 'they belong to a WordPress theme'],
	wp_global_styles: ['theme settings', 'they belong to a WordPress theme'],
	wp_template: ['theme parts', 'they belong to a WordPress theme'],
	wp_template_part: ['theme parts', 'they belong to a WordPress theme'],
	wp_navigation: ['menus', 'the theme makes the navigation out of the pages'],
	wp_block: ['reusable blocks', 'there are no blocks here; a post that shows one has lost its text'],
	oembed_cache: ['caches', 'it is a copy that WordPress made for itself'],
	user_request: ['privacy requests', 'they were answered on the old blog'],
}

/** The kind of an item that has no place here, and why it hasn't; undefined for one that has. */
export function unwantedType({ type }: WxrItem): [kind: string, reason: string] | undefined {
	if (!type || type in TAKEN_KINDS) return undefined
	return OTHER_TYPES[type] ?? [`items of type ${type}`, 'there are only posts and pages here']
}

/** The status of an item here; `reason` when it is not taken, `change` when it had to be changed. */
export function statusOf({ status }: WxrItem): { status: Status; change?: string } | { reason: string } {
	switch (status) {
		case 'publish':
		case 'future':
		case '':
			return { status: 'published' }
		case 'draft':
		case 'private':
		case 'trash':
			return { status }
		case 'pending':
			return { status: 'draft', change: 'waited for review, is a draft now' }
		case 'auto-draft':
			return { reason: 'WordPress made it by itself when an editor was opened' }
		case 'inherit':
			return { reason: 'it is a copy that WordPress kept of another post' }
		default:
			return { status: 'draft', change: `had the status ${status}, is a draft now` }
	}
}

/** How the report calls a response, what it is here; a reason when it is none. */
export function responseKind({ type }: WxrComment) {
	switch (type) {
		case '':
		case 'comment':
			return { name: 'comments', kind: 'comment' } as const
		case 'pingback':
			return { name: 'pingbacks', kind: 'pingback' } as const
		case 'trackback':
			return { name: 'trackbacks', kind: 'trackback' } as const
		case 'webmention':
			return { name: 'webmentions', kind: 'webmention' } as const
		default:
			return { name: `comments of type ${type}`, reason: 'a plugin wrote it for itself, it is no response' } as const
	}
}

/** The state of a response here. */
export function responseStatus({ approved }: WxrComment) {
	if (approved === '1' || approved === 'approve') return 'approved' as const
	if (approved === 'spam') return 'spam' as const
	return approved === 'trash' || approved === 'post-trashed' ? ('trash' as const) : ('held' as const)
}

/** How the report names an item. */
export function nameOf({ id, title, line }: WxrItem): string {
	return `${id || '?'} "${title.trim().slice(0, 80)}" (line ${line})`
}
