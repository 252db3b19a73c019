/** The largest form that authors send: a long text in Cyrillic takes six bytes a letter. */
export const MOST_BYTES = 4 * 1024 * 1024

/** A field of one line: without control characters and spaces at its ends. */
export function lineOf(form: URLSearchParams, name: string): string {
	return (form.get(name) ?? '')
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim()
		.normalize('NFC')
}

/** A text of many lines as it was typed: browsers send CRLF, and NUL can't be stored. */
export function textOf(form: URLSearchParams, name: string): string {
	return (form.get(name) ?? '').replaceAll('\r\n', '\n').replace(/(?![\t\n])\p{Cc}/gu, '')
}

/** The whole numbers among the values of a field. */
export function numbersOf(form: URLSearchParams, name: string): number[] {
	return form
		.getAll(name)
		.filter((value) => /^\d{1,9}$/.test(value))
		.map(Number)
}
