/** A page of the conversation under a post, or a place on it: `/ru/2025/02/slug/?comments=2&only=en#comment-7`. */
export function threadPath(path: string, page: number, only?: string, anchor = 'comments'): string {
	const query = new URLSearchParams({ ...(page > 1 && { comments: String(page) }), ...(only && { only }) })
	return `${path}${query.size > 0 ? `?${query}` : ''}#${anchor}`
}
