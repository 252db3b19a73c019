import type { Translate } from '../i18n/catalog.ts'
import type { Pages } from './model.ts'

/** The number of the last page; an empty listing has one. */
export function lastPage(total: number, size: number): number {
	return Math.max(1, Math.ceil(total / size))
}

/** The number of the page that holds what `before` others stand before. */
export function pageAt(before: number, size: number): number {
	return 1 + Math.floor(before / size)
}

/** Links of a paged listing; undefined when one page holds it all. `path` gives the address of a page's number. */
export function pagesOf(
	number: number,
	last: number,
	path: (page: number) => string,
	t: Translate,
	label = t('listing.pages'),
): Pages | undefined {
	if (last === 1) return undefined
	return {
		label,
		text: t('listing.pageOf', { number: String(number), total: String(last) }),
		newer: number > 1 ? path(number - 1) : undefined,
		older: number < last ? path(number + 1) : undefined,
		numbers: numbersAround(number, last).map((page, index, all) => ({
			number: page,
			href: path(page),
			current: page === number,
			gap: index > 0 && page - all[index - 1]! > 1,
		})),
	}
}

/** 1 … 4 5 6 … 20 */
function numbersAround(number: number, last: number): number[] {
	const near = [number - 1, number, number + 1].filter((page) => page >= 1 && page <= last)
	return [...new Set([1, ...near, last])]
}
