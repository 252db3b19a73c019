import sanitizeHtml from 'sanitize-html'

/** Plain text in one line, cut at a word to at most `length` characters, the ellipsis included. */
export function describe(text: string, length = 200): string {
	const line = text
		.slice(0, 20 * length)
		.replace(/\s+/g, ' ')
		.trim()
	const characters = Array.from(line)
	if (characters.length <= length) return line
	const cut = characters.slice(0, length).join('')
	const words = cut.slice(0, Math.max(0, cut.lastIndexOf(' '))).replace(/[\s.,:;–—-]+$/, '')
	return `${words || characters.slice(0, length - 1).join('')}…`
}

/** The first picture of sanitized HTML, which a shared link may show; addresses are as they are written. */
export function firstImage(html: string): { url: string; width?: number; height?: number; alt?: string } | undefined {
	let found: Record<string, string> | undefined
	sanitizeHtml(html.slice(0, 100_000), {
		allowedTags: [],
		onOpenTag: (name, attributes) => {
			if (name === 'img' && attributes.src && !attributes.src.startsWith('data:')) found ??= attributes
		},
	})
	if (!found) return undefined
	const [width, height] = [Number(found.width) || undefined, Number(found.height) || undefined]
	return { url: found.src!, width, height, alt: found.alt || undefined }
}
