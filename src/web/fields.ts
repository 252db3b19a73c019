/** The largest form that authors send: a long text in Cyrillic takes six bytes a letter. */
export const MOST_BYTES = 4 * 1024 * 1024

/** A field of one line: without control characters and spaces at its ends. */
export function lineOf(form: URLSearchParams, name: string): string {
	return cleanLine(form.get(name) ?? '')
}

/** A text of many lines as it was typed: browsers send CRLF, and NUL can't be stored. */
export function textOf(form: URLSearchParams, name: string): string {
	return cleanText(form.get(name) ?? '')
}

/** Text in one line: without control characters and spaces at its ends. */
export function cleanLine(text: string): string {
	return text
		.toWellFormed()
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim()
		.normalize('NFC')
}

/** Text of many lines, with LF at their ends and without other control characters. */
export function cleanText(text: string): string {
	return text
		.toWellFormed()
		.replaceAll('\r\n', '\n')
		.replace(/(?![\t\n])\p{Cc}/gu, '')
}

/** The whole numbers among the values of a field. */
export function numbersOf(form: URLSearchParams, name: string): number[] {
	return form
		.getAll(name)
		.filter((value) => /^\d{1,9}$/.test(value))
		.map(Number)
}
