import type { PostKind } from '../db/schema.ts'

/** What an address is made of; year and month are those stored, not those of a date. */
export interface Addressed {
	kind: PostKind
	locale: string
	slug: string
	year: number | null
	month: number | null
}

/** The path of a post (`/ru/2025/02/slug/`) or of a page (`/ru/slug/`), percent-encoded. */
export function permalink({ kind, locale, slug, year, month }: Addressed): string {
	const name = encodeURIComponent(slug)
	return kind === 'page' ? `/${locale}/${name}/` : `/${locale}/${year}/${twoDigits(month ?? 0)}/${name}/`
}

/** 2 → "02" */
export function twoDigits(number: number): string {
	return String(number).padStart(2, '0')
}
