const LONGEST = 200

/** What a reader typed into `?q=`: bounded, one line, without control characters. */
export function askedQuery(params: URLSearchParams): string {
	const text = (params.get('q') ?? '').slice(0, 10 * LONGEST).toWellFormed()
	return Array.from(text.replace(/\p{Cc}+/gu, ' ').trim())
		.slice(0, LONGEST)
		.join('')
}

/** The address of a search: `/ru/search/?q=…&page=2`. */
export function searchPath(locale: string, query: string, page = 1): string {
	const parameters = new URLSearchParams({ ...(query && { q: query }), ...(page > 1 && { page: String(page) }) })
	return `/${locale}/search/${parameters.size ? `?${parameters}` : ''}`
}
