import type { Entry, listFiled } from '../editors/queries.ts'
import type { Properties } from './request.ts'

/** A post as properties of microformats2, the text as it was written. */
export function propertiesOf(
	entry: Entry,
	filed: Awaited<ReturnType<typeof listFiled>>,
	{ url }: { url: string },
): Properties {
	const { title, source, format, manual_excerpt, published_at, status } = entry
	return {
		url: [url],
		...(title && { name: [title] }),
		content: [format === 'html' ? { html: source } : source],
		...(manual_excerpt && { summary: [manual_excerpt] }),
		...(published_at !== null && { published: [new Date(published_at).toISOString()] }),
		updated: [new Date(entry.modified_at).toISOString()],
		category: filed.flatMap(({ name }) => (name === null ? [] : [name])),
		'post-status': [status === 'draft' ? 'draft' : 'published'],
		...(status === 'private' && { visibility: ['private'] }),
		'mp-slug': [entry.slug],
		'mp-language': [entry.locale],
	}
}
