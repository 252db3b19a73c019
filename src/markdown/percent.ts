/** A percent-encoded text as people read it; undefined when it is broken. */
export function decodePercent(text: string): string | undefined {
	try {
		return decodeURIComponent(text)
	} catch {
		return undefined
	}
}
