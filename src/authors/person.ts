const LONGEST_NAME = 80
const LONGEST_EMAIL = 254
export const LONGEST_BIO = 2000

/** Whether a text can be somebody's name. */
export function isName(text: string): boolean {
	return text !== '' && text.length <= LONGEST_NAME
}

/** Whether a text looks like an e-mail address. */
export function isEmail(text: string): boolean {
	return text.length <= LONGEST_EMAIL && /^[^\s@<>]+@[^\s@<>]+$/.test(text)
}
