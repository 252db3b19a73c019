import sanitizeHtml, { type IOptions } from 'sanitize-html'
import { videoOf } from './embeds.ts'

const TAGS = (
	'a abbr address audio b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure ' +
	'h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small source span strong sub ' +
	'summary sup table tbody td tfoot th thead time tr track u ul var video wbr'
).split(' ')

/** Words of the class attribute that themes style; others could pass for parts of the page or for microformats. */
const CLASSES = [
	/^(?:align(?:left|right|center|none|wide|full)|size-[\w-]+|wp-[\w-]+|gallery[\w-]*|blocks-gallery[\w-]*)$/,
	/^(?:has-[\w-]+|is-[\w-]+|columns-\d+|language-[\w+#-]+|hljs[\w-]*|footnotes?(?:-\w+)?|more-mark|big)$/,
	// highlight.js writes `hljs-title function_` and `class_`, `inherited__`
	/^[a-z]+_{1,2}$/,
]

const OPTIONS: IOptions = {
	allowedTags: TAGS,
	allowedAttributes: {
		'*': ['class', 'id', 'lang', 'dir', 'title'],
		a: ['href', 'name', 'hreflang', 'rel', 'aria-label'],
		abbr: ['title'],
		audio: ['src', 'loop', 'muted'],
		blockquote: ['cite'],
		del: ['cite', 'datetime'],
		figure: ['data-href', 'data-title'],
		img: ['src', 'alt', 'width', 'height'],
		ins: ['cite', 'datetime'],
		li: ['value'],
		ol: ['start', 'type', 'reversed'],
		q: ['cite'],
		section: ['data-notes'],
		source: ['src', 'type'],
		span: ['data-task'],
		td: ['colspan', 'rowspan', 'align'],
		th: ['colspan', 'rowspan', 'align', 'scope', 'abbr'],
		p: ['align'],
		div: ['align'],
		...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['align']])),
		time: ['datetime'],
		track: ['src', 'kind', 'srclang', 'label', 'default'],
		video: ['src', 'poster', 'width', 'height', 'loop', 'muted', 'playsinline'],
	},
	allowedClasses: { '*': CLASSES },
	allowedSchemes: ['http', 'https', 'mailto', 'tel', 'sms', 'ftp', 'xmpp'],
	allowedSchemesByTag: Object.fromEntries(
		['img', 'source', 'track', 'video', 'audio'].map((tag) => [tag, ['http', 'https']]),
	),
	allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster', 'data-href'],
	nestingLimit: 300,
	nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'template', 'title', 'noembed', 'noframes'],
	transformTags: {
		...rename('div', 'article aside center dir fieldset footer form header hgroup main nav'),
		...rename('code', 'tt'),
		...rename('s', 'strike'),
		...rename('abbr', 'acronym'),
		...rename('pre', 'listing xmp plaintext'),
		big: () => ({ tagName: 'span', attribs: { class: 'big' } }),
		center: () => ({ tagName: 'div', attribs: { class: 'has-text-align-center' } }),
		iframe: frame,
		embed: frame,
		img: picture,
		section: (tagName, attribs) => ({ tagName: attribs['data-notes'] ? tagName : 'div', attribs }),
	},
}

/** HTML with only the elements, attributes, classes and addresses that a post may have. */
export function sanitizePost(html: string): string {
	return sanitizeHtml(html, OPTIONS)
}

function rename(to: string, from: string): NonNullable<IOptions['transformTags']> {
	return Object.fromEntries(from.split(' ').map((tag) => [tag, sanitizeHtml.simpleTransform(to, {}, true)]))
}

/** A player of a known service becomes what video cards are made from; any other frame goes. */
function frame(_tag: string, { src, title }: sanitizeHtml.Attributes): sanitizeHtml.Tag {
	const video = videoOf(src ?? '')
	if (!video) return { tagName: 'div', attribs: {} }
	return { tagName: 'figure', attribs: { 'data-href': video.url, ...(title && { 'data-title': title }) } }
}

function picture(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
	const { align } = attribs
	const side = /^(?:left|right|center)$/i.test(align ?? '') ? `align${align!.toLowerCase()}` : ''
	return { tagName, attribs: { ...attribs, class: `${attribs.class ?? ''} ${side}`.trim() } }
}
