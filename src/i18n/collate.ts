const collators = new Map<string, Intl.Collator>()

/** Compares names as the alphabet of a language has them, numbers by their value. */
export function alphabetOf(locale: string): (a: string, b: string) => number {
	// Making a collator costs more than sorting a page's tags with it.
	const known = collators.get(locale) ?? new Intl.Collator(locale, { numeric: true })
	collators.set(locale, known)
	return known.compare
}
