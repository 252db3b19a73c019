import type { Shortcode } from './shortcodes.ts'

/** An attachment as galleries show it. */
export interface Picture {
	url: string
	title: string
	caption: string
	alt: string
	/** `image`, `audio`, `video` or another. */
	sort: string
}

/** Attachments by their ids, and those of the post itself. */
export interface Attachments {
	byIds(ids: string[]): Picture[]
	ofPost(): Picture[]
}

/** The HTML of WordPress's own shortcodes: galleries, captions, players, embeds; undefined for all others. */
export function mediaHtml(shortcode: Shortcode, attachments: Attachments): string | undefined {
	switch (shortcode.name) {
		case 'caption':
		case 'wp_caption':
			return caption(shortcode)
		case 'gallery':
			return gallery(shortcode, attachments)
		case 'playlist':
			return playlist(shortcode, attachments)
		case 'audio':
			return player('audio', shortcode, ['src', 'mp3', 'm4a', 'ogg', 'wav', 'flac', 'wma'])
		case 'video':
			return player('video', shortcode, ['src', 'mp4', 'm4v', 'webm', 'ogv', 'flv', 'wmv'])
		case 'embed':
			// An address on a line of its own becomes a card.
			return `\n\n${(shortcode.inner || shortcode.attributes.src || '').trim()}\n\n`
	}
}

function caption({ attributes, inner }: Shortcode): string | undefined {
	// Before WordPress 3.4 the caption was an attribute, now it follows the picture.
	const [, picture = '', rest = ''] = /^\s*((?:<a\s[^>]*>\s*)?<img[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inner) ?? []
	if (!picture) return undefined
	const text = attributes.caption ?? rest.trim()
	const side = /^align(left|right|center|none)$/.exec(attributes.align ?? '')?.[0]
	const words = text.replace(/\s*\n\s*/g, '<br>')
	const note = words && `<figcaption class="wp-caption-text">${words}</figcaption>`
	return `<figure class="wp-caption${side ? ` ${side}` : ''}">${picture}${note}</figure>`
}

function gallery({ attributes }: Shortcode, attachments: Attachments): string {
	const pictures = chosen(attributes, attachments).filter(({ sort }) => sort === 'image')
	const columns = /^[1-9]$/.test(attributes.columns ?? '') ? attributes.columns : '3'
	const items = pictures.map(({ url, alt, title, caption }) => {
		const note = caption && `<figcaption>${caption.replace(/\s*\n\s*/g, ' ')}</figcaption>`
		const image = `<a href="${escaped(url)}"><img src="${escaped(url)}" alt="${escaped(alt || title)}"></a>`
		return `<li class="blocks-gallery-item"><figure>${image}${note}</figure></li>`
	})
	if (items.length === 0) return ''
	return `<ul class="gallery columns-${columns}">${items.join('')}</ul>`
}

function playlist({ attributes }: Shortcode, attachments: Attachments): string {
	const sort = attributes.type === 'video' ? 'video' : 'audio'
	const tracks = chosen(attributes, attachments).filter((one) => one.sort === sort)
	return tracks
		.map(({ url, title }) => {
			const src = escaped(url)
			return `<figure><${sort} src="${src}" controls preload="none"></${sort}><figcaption>${escaped(title)}</figcaption></figure>`
		})
		.join('')
}

function chosen({ ids, include, exclude, orderby, order }: Shortcode['attributes'], attachments: Attachments) {
	const list = listOf(ids ?? include)
	const pictures = list.length ? attachments.byIds(list) : attachments.ofPost()
	const left = new Set(attachments.byIds(listOf(exclude)))
	const kept = pictures.filter((picture) => !left.has(picture))
	if (orderby === 'title') kept.sort((a, b) => a.title.localeCompare(b.title))
	return order?.toLowerCase() === 'desc' ? kept.reverse() : kept
}

function listOf(ids = ''): string[] {
	return ids
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean)
}

function player(tag: 'audio' | 'video', { attributes, values, inner }: Shortcode, names: string[]): string | undefined {
	const named = names.map((name) => attributes[name]).filter((source) => source !== undefined)
	// `[audio URL|options]` of WordPress.com
	const sources = named.length ? named : [values[0]?.split('|')[0] ?? inner.trim()]
	const [src] = sources.filter((source) => /^(https?:)?\/\/|^\//.test(source))
	if (!src) return undefined
	const poster = tag === 'video' && attributes.poster ? ` poster="${escaped(attributes.poster)}"` : ''
	const size = tag === 'video' ? ['width', 'height'].map((name) => number(name, attributes[name])).join('') : ''
	return `<${tag} src="${escaped(src)}"${poster}${size} controls preload="none"></${tag}>`
}

function number(name: string, value = ''): string {
	return /^\d{1,4}$/.test(value) ? ` ${name}="${value}"` : ''
}

function escaped(text: string): string {
	return text
		.replace(/&(?!#?\w+;)/g, '&amp;')
		.replace(/"/g, '&quot;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
}
