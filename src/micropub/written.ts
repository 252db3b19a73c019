import type { Status, Time } from '../db/schema.ts'
import type { Entry } from '../editors/queries.ts'
import type { Written } from '../editors/written.ts'
import { slugFrom } from '../posts/slug.ts'
import { momentOf } from '../posts/zone.ts'
import { cleanLine, cleanText } from '../web/fields.ts'
import { contentOf, isInText } from './content.ts'
import { invalid } from './errors.ts'
import { firstOf, type Properties, type Request, textIn } from './request.ts'

/** Of an address, in characters. */
const LONGEST_BEGINNING = 60

type Update = Extract<Request, { action: 'update' }>

const STATUSES: Record<string, Status> = { published: 'published', draft: 'draft' }
const VISIBILITIES: Record<string, Status> = { public: 'published', private: 'private' }

/** A new post by its properties; names of `categories` are categories, the others tags. @throws MicropubError 400 */
export function newWritten(properties: Properties, timezone: string, categories: string[]): Written {
	const parts = partsOf(properties, timezone, categories)
	const content = contentOf(properties)
	const slug = parts.slug ?? (parts.title ? undefined : beginningOf(content.text))
	return { ...parts, ...content, slug, status: statusOf(properties) ?? 'published' }
}

/** A note without a title gets an address by its first words. */
function beginningOf(text: string): string {
	const slug = slugFrom(text.slice(0, 500).replace(/https?:\S+|<[^>]*>/g, ' '))
	return slug.length > LONGEST_BEGINNING ? slug.slice(0, LONGEST_BEGINNING).replace(/-[^-]*$/, '') : slug
}

/** What an update changes; `stored` is the post as `propertiesOf` tells of it. @throws MicropubError 400 */
export function changedWritten(
	entry: Entry,
	stored: Properties,
	update: Update,
	{ timezone, categories }: { timezone: string; categories: string[] },
): Written {
	const changed = changedProperties(stored, update)
	const touchesText = Object.keys(changed).some((name) => name === 'content' || isInText(name))
	return {
		...partsOf(changed, timezone, categories),
		...(touchesText && contentOf(changed, { text: entry.source, format: entry.format })),
		status: statusOf(changed),
	}
}

/** The properties that an update names, with the values they have after it. */
function changedProperties(stored: Properties, { replace, add, remove, drop }: Update): Properties {
	const inText = [...Object.keys(replace), ...Object.keys(remove), ...drop].find(isInText)
	if (inText) throw invalid(`${inText} stands in the text by now: replace content`)
	const changed: Properties = Object.assign(Object.create(null), replace)
	for (const [name, values] of Object.entries(add)) {
		changed[name] = [...(changed[name] ?? stored[name] ?? []), ...values]
	}
	for (const [name, values] of Object.entries(remove)) {
		changed[name] = (changed[name] ?? stored[name] ?? []).filter((value) => !values.includes(value))
	}
	for (const name of drop) changed[name] = []
	return changed
}

function partsOf(properties: Properties, timezone: string, categories: string[]): Written {
	const named = properties.category?.map((value) => cleanLine(textIn(value, 'category'))).filter(Boolean)
	const isCategory = (name: string) => categories.some((known) => known.toLowerCase() === name.toLowerCase())
	return {
		title: lineIn(properties, 'name'),
		excerpt: properties.summary && cleanText(firstOf(properties, 'summary') ?? '').trim(),
		slug: firstOf(properties, 'mp-slug') ?? firstOf(properties, 'slug'),
		publishedAt: timeIn(properties, timezone),
		categories: named?.filter(isCategory),
		tags: named?.filter((name) => !isCategory(name)),
	}
}

function statusOf(properties: Properties): Status | undefined {
	const [status, visibility] = [firstOf(properties, 'post-status'), firstOf(properties, 'visibility')]
	if (status !== undefined && !STATUSES[status]) throw invalid('post-status is published or draft')
	if (visibility !== undefined && !VISIBILITIES[visibility]) throw invalid('visibility is public or private')
	if (status === 'draft') return 'draft'
	return visibility === 'private' ? 'private' : (STATUSES[status ?? ''] ?? VISIBILITIES[visibility ?? ''])
}

function timeIn(properties: Properties, timezone: string): Time | undefined {
	const text = firstOf(properties, 'published')
	if (text === undefined) return undefined
	const time = momentOf(text, timezone)
	if (time === undefined) throw invalid('published is no date')
	return time
}

function lineIn(properties: Properties, name: string): string | undefined {
	return properties[name] && cleanLine(firstOf(properties, name) ?? '')
}
