import slugify from '@sindresorhus/slugify'

const RESERVED = new Set([
	...['feed', 'page', 'comments', 'category', 'tag', 'author', 'search', 'admin', 'media', 'assets', 'embed'],
	...['trackback', 'atom', 'json'],
])

const LONGEST = 100

/** A slug of a title: transliterated, lower case, cut at a word at 100 characters; '' when nothing is left. */
export function slugFrom(title: string): string {
	const slug = slugify(title.slice(0, 1000), { locale: 'ru' })
	if (slug.length <= LONGEST) return slug
	return slug
		.slice(0, LONGEST + 1)
		.replace(/-[^-]*$/, '')
		.slice(0, LONGEST)
}

/** Tells slugs that would hide another address: listing names, years, two-digit days. */
export function isReserved(slug: string): boolean {
	return slug === '' || RESERVED.has(slug) || /^(\d{4}|\d{2})$/.test(slug) || /[/?#]|^\.+$/.test(slug)
}

/** A slug without what would end it in an address. */
export function addressable(slug: string): string {
	return slug.replace(/[/?#]+/g, '-')
}

/** The first of slug, slug-2, slug-3 … that is neither reserved nor taken; what no path can hold is left out. */
export async function freeSlug(wish: string, isTaken: (slug: string) => Promise<boolean>): Promise<string> {
	const base = addressable(wish) || 'post'
	for (let number = 1; ; number++) {
		const slug = number === 1 ? base : `${base}-${number}`
		if (!isReserved(slug) && !(await isTaken(slug))) return slug
	}
}
