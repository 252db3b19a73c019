import { LRUCache } from 'lru-cache'
import sanitizeHtml, { type Attributes } from 'sanitize-html'

const ADDRESSES = ['href', 'src', 'poster', 'cite', 'longdesc']

/** Other formats of our pictures: readers of feeds know one, and its widths; no text or attribute holds a bare `<`. */
const FORMATS = /<\/?picture>|<source type="image\/[^>]*>/g

// What the feeds of a blog show now, which is asked for again and again.
const known = new LRUCache<string, string>({
	maxSize: 4_000_000,
	sizeCalculation: (html, key) => html.length + key.length,
})

/** Sanitized HTML with its relative addresses made absolute; it rewrites attributes and lets all through but other formats of pictures. */
export function absoluteHtml(html: string, base: string): string {
	const key = `${base} ${html}`
	const made = known.get(key) ?? rewrite(html, base)
	known.set(key, made)
	return made
}

function rewrite(html: string, base: string): string {
	return sanitizeHtml(html.replace(FORMATS, ''), {
		allowedTags: false,
		allowedAttributes: false,
		allowVulnerableTags: true,
		allowedSchemesAppliedToAttributes: [],
		parseStyleAttributes: false,
		transformTags: {
			'*': (tagName, attributes) => ({ tagName, attribs: absoluteAttributes(attributes, base) }),
		},
	})
}

function absoluteAttributes(attributes: Attributes, base: string): Attributes {
	const result = { ...attributes }
	for (const name of ADDRESSES) {
		if (result[name] !== undefined) result[name] = absoluteUrl(result[name], base)
	}
	if (result.srcset !== undefined) result.srcset = absoluteSet(result.srcset, base)
	return result
}

function absoluteUrl(value: string, base: string): string {
	return URL.parse(value, base)?.href ?? value
}

function absoluteSet(value: string, base: string): string {
	const candidates = value.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/))
	return candidates.map(([url = '', ...descriptor]) => [absoluteUrl(url, base), ...descriptor].join(' ')).join(', ')
}
