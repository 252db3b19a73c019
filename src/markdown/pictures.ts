import { escapeHtml } from './escape.ts'

/** What is known of a picture of the blog. */
export interface KnownPicture {
	width: number
	height: number
	/** What it shows, for where the text doesn't say. */
	alt?: string
	/** The same in other formats, best first. */
	sources?: { type: string; srcset: string }[]
	/** The same smaller. */
	srcset?: string
}

/** Finds what is known of a picture by its address. */
export type FindPicture = (src: string) => KnownPicture | undefined

/** CSS pixels of the column of a text: pictures are shown no wider. */
const COLUMN = 640

/** For browsers to choose by: how wide a picture of this width is shown. */
export function sizesOf(width: number): string {
	const shown = Math.min(width, COLUMN)
	return `(min-width: ${shown}px) ${shown}px, 100vw`
}

/**
 * Gives pictures their sizes and, where there are any, their smaller versions to choose from; the `first` may be there
 * at once. Our own output writes `src` first, and no text can hold a bare `<img`.
 */
export function dressPictures(html: string, find: FindPicture, first: 'eager' | 'lazy'): string {
	let isFirst = first === 'eager'
	return html.replace(/<img src="([^"]*)"((?: [\w-]+="[^"]*")*)>/g, (_, src: string, attributes: string) => {
		const rest = isFirst ? attributes.replace(' loading="lazy"', ' fetchpriority="high"') : attributes
		isFirst = false
		return dressed(src, rest, find(src.replaceAll('&amp;', '&')))
	})
}

function dressed(src: string, rest: string, known?: KnownPicture): string {
	if (!known) return `<img src="${src}"${rest}>`
	const isSized = / (?:width|height)=/.test(rest)
	const size = isSized ? '' : ` width="${known.width}" height="${known.height}"`
	const described = known.alt ? rest.replace(' alt=""', () => ` alt="${escapeHtml(known.alt!)}"`) : rest
	const sizes = ` sizes="${sizesOf(Number(/ width="(\d{1,5})"/.exec(rest)?.[1] ?? known.width))}"`
	const srcset = known.srcset ? ` srcset="${escapeHtml(known.srcset)}"${sizes}` : ''
	const img = `<img src="${src}"${size}${described}${srcset}>`
	const sources = (known.sources ?? []).map(
		({ type, srcset }) => `<source type="${type}" srcset="${escapeHtml(srcset)}"${sizes}>`,
	)
	return sources.length > 0 ? `<picture>${sources.join('')}${img}</picture>` : img
}
