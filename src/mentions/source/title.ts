import { tame } from '../../markdown/tame.ts'

/** What a page says of its own name. */
export interface Titles {
	/** `<title>` */
	title: string
	/** `og:title` */
	shared: string
	/** `og:site_name` and the like. */
	site: string
	/** The first headings of its text. */
	headings: string[]
	host: string
}

const LONGEST = 200
const PARTS = /\s+(?:[|«»·•∙⋅›‹~]|::|\/\/|[—–-])\s+/

/** The title of a page without the name of its site; '' when it has none. */
export function titleOf({ title, shared, site, headings, host }: Titles): string {
	const whole = clean(title) || clean(shared)
	const isSite = (part: string) => fold(part) === fold(site) || isNamedAs(part, host)
	// A site names itself above its page.
	const own = [...headings, shared]
		.map(clean)
		.findLast((text) => text.length > 2 && holds(whole, text) && !isSite(text))
	return cut(own ?? withoutSite(whole, isSite))
}

/** Text in one line. */
export function clean(text: string): string {
	return tame(text).replace(/\s+/g, ' ').trim()
}

function holds(whole: string, part: string): boolean {
	const [a, b] = [whole.toLowerCase(), part.toLowerCase()]
	// Only as the first or the last of the parts.
	const rest = a.startsWith(b) ? a.slice(b.length) : a.endsWith(b) ? a.slice(0, -b.length) : 'x'
	return /^\s*(?:[|«»·•∙⋅›‹~:]|::|\/\/|[—–-]).+|.+(?:[|«»·•∙⋅›‹~:]|::|\/\/|[—–-])\s*$/s.test(rest)
}

function withoutSite(whole: string, isSite: (part: string) => boolean): string {
	const parts = whole.split(PARTS)
	if (parts.length < 2) return whole
	if (isSite(parts.at(-1)!)) return whole.slice(0, whole.lastIndexOf(parts.at(-1)!)).replace(TAIL, '')
	if (isSite(parts[0]!)) return whole.slice(parts[0]!.length).replace(HEAD, '')
	return whole
}

const TAIL = /\s+(?:[|«»·•∙⋅›‹~]|::|\/\/|[—–-])\s*$/
const HEAD = /^\s*(?:[|«»·•∙⋅›‹~]|::|\/\/|[—–-])\s+/

/** `Anna's Blog` at annas-blog.example */
function isNamedAs(part: string, host: string): boolean {
	const name = fold(part)
	return name.length > 3 && fold(host).includes(name)
}

function fold(text: string): string {
	return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function cut(text: string): string {
	const characters = [...text]
	return characters.length > LONGEST
		? `${characters
				.slice(0, LONGEST - 1)
				.join('')
				.trimEnd()}…`
		: text
}
