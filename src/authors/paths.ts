/** `/ru/author/slug/` */
export function authorPath(locale: string, slug: string): string {
	return `/${locale}/author/${encodeURIComponent(slug)}/`
}
