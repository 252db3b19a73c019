/** Whether a text is one e-mail address that can be written to: without spaces, quotes, lists and comments. */
export function isAddress(text: string): boolean {
	return text.length <= 254 && /^[^\s\p{Cc}@<>()[\],;:\\"]{1,64}@[^\s\p{Cc}@<>()[\],;:\\"]+$/u.test(text)
}

/** An e-mail address as it is compared: in any case, in any alphabet, composed or not. */
export function foldAddress(address: string): string {
	return address.trim().normalize('NFC').toLowerCase()
}
