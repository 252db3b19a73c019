const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH = `(?<month>${MONTHS.join('|')})`
const TIME = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)'
const FORMS = [
	new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
	new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`),
	new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
]

/**
 * Milliseconds of an HTTP-date in any of its three forms (RFC 9110, 5.6.7); null when it is none.
 * A year of two digits more than 50 years ahead of `now` is in the past.
 */
export function parseHttpDate(value: string | undefined, now: number): number | null {
	const parts = FORMS.map((form) => form.exec(value?.trim() ?? '')).find((match) => match)?.groups
	if (!parts) return null
	const year =
		parts.year!.length === 2 ? fullYear(Number(parts.year), new Date(now).getUTCFullYear()) : Number(parts.year)
	const day = Number(parts.day)
	const date = new Date(0)
	date.setUTCFullYear(year, MONTHS.indexOf(parts.month!), day)
	if (date.getUTCDate() !== day) return null
	return date.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second))
}

function fullYear(lastDigits: number, thisYear: number): number {
	const year = thisYear - (thisYear % 100) + lastDigits
	return year > thisYear + 50 ? year - 100 : year
}
