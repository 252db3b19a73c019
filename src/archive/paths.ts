import type { Day } from '../i18n/dates.ts'
import { twoDigits } from '../posts/permalink.ts'

/** `/ru/2025/` */
export function yearPath(locale: string, year: number): string {
	return `/${locale}/${String(year).padStart(4, '0')}/`
}

/** `/ru/2025/02/` */
export function monthPath(locale: string, { year, month }: { year: number; month: number }): string {
	return `${yearPath(locale, year)}${twoDigits(month)}/`
}

/** `/ru/2025/02/26/` */
export function dayPath(locale: string, { year, month, day }: Day): string {
	return `${monthPath(locale, { year, month })}${twoDigits(day)}/`
}
