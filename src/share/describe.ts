import { LRUCache } from 'lru-cache'
import { textOf } from '../markdown/text.ts'
import { descendants, get, parse } from '../markdown/tree.ts'

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

// The excerpts of what is read now.
const texts = new LRUCache<string, string>({ max: 1_000, memoMethod: (html) => textOf(parse(html)) })

/** The same of HTML. */
export function describeHtml(html: string, length?: number): string {
	return describe(texts.memo(html), length)
}

/** The first picture of sanitized HTML, which a shared link may show; addresses are as they are written. */
export function firstImage(html: string): { url: string; width?: number; height?: number; alt?: string } | undefined {
	if (!html.includes('<img')) return undefined
	const images = descendants(parse(html.slice(0, 100_000))).filter(({ tagName }) => tagName === 'img')
	const image = images.find((one) => get(one, 'src') && !get(one, 'src')!.startsWith('data:'))
	if (!image) return undefined
	const [width, height] = [Number(get(image, 'width')) || undefined, Number(get(image, 'height')) || undefined]
	return { url: get(image, 'src')!, width, height, alt: get(image, 'alt') || undefined }
}
