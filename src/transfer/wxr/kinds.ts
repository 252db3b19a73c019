import type { Status } from '../../db/schema.ts'
import { type Said, said } from './said.ts'
import type { WxrComment, WxrItem } from './types.ts'

/** How the report calls the post types that are taken. */
export const TAKEN_KINDS: Record<string, string> = { post: 'posts', page: 'pages', attachment: 'attachments' }

/** How the report calls other post types, and why they are not taken. */
const OTHER_TYPES: Record<string, [kind: string, reason: Said]> = {
	nav_menu_item: ['menuItems', said('importer.why.navigation')],
	revision: ['revisions', said('importer.why.revision')],
	customize_changeset: ['themeSettings', said('importer.why.theme')],
	custom_css: ['themeSettings', said('importer.why.theme')],
	wp_global_styles: ['themeSettings', said('importer.why.theme')],
	wp_template: ['themeParts', said('importer.why.theme')],
	wp_template_part: ['themeParts', said('importer.why.theme')],
	wp_navigation: ['menus', said('importer.why.navigation')],
	wp_block: ['blocks', said('importer.why.block')],
	oembed_cache: ['caches', said('importer.why.cache')],
	user_request: ['privacyRequests', said('importer.why.request')],
}

/** The kind of an item that has no place here, and why it hasn't; undefined for one that has. */
export function unwantedType({ type }: WxrItem): [kind: string, reason: Said] | undefined {
	if (!type || Object.hasOwn(TAKEN_KINDS, type)) return undefined
	return (
		(Object.hasOwn(OTHER_TYPES, type) ? OTHER_TYPES[type]! : undefined) ?? [
			`itemsOf:${type}`,
			said('importer.why.type'),
		]
	)
}

/** The status of an item here; `reason` when it is not taken, `change` when it had to be changed. */
export function statusOf({ status }: WxrItem): { status: Status; change?: Said } | { reason: Said } {
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
			return { status: 'draft', change: said('importer.change.pending') }
		case 'auto-draft':
			return { reason: said('importer.why.autoDraft') }
		case 'inherit':
			return { reason: said('importer.why.copy') }
		default:
			return { status: 'draft', change: said('importer.change.status', { status }) }
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
			return { name: `commentsOf:${type}`, reason: said('importer.why.plugin') } as const
	}
}

/** The state of a response here. */
export function responseStatus({ approved }: WxrComment) {
	if (approved === '1' || approved === 'approve') return 'approved' as const
	if (approved === 'spam') return 'spam' as const
	return approved === 'trash' || approved === 'post-trashed' ? ('trash' as const) : ('held' as const)
}

/** How the report names an item. */
export function nameOf({ id, title, line }: Pick<WxrItem, 'id' | 'title' | 'line'>): Said {
	return said('importer.name.item', { id: id || '?', title: title.trim().slice(0, 80), line: String(line) })
}
