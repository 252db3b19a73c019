import { match } from '@formatjs/intl-localematcher'
import Negotiator from 'negotiator'

/** Telling the distance of two languages is slow: more than these no reader has. */
const MOST_ASKED = 20
/** The tag of no language at all. */
const NONE = 'zxx'

/**
 * The language of a reader who asked for none: the cookie `lang`, then Accept-Language (RFC 9110, with CLDR's
 * distances: be reads ru), then the default.
 * @param languages the blog's languages, the default first
 */
export function negotiate(languages: string[], cookie: string | undefined, acceptLanguage: string | undefined): string {
	if (cookie && languages.includes(cookie)) return cookie
	// Negotiator leaves out what the reader refused by q=0.
	const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage?.slice(0, 1000) ?? '*' } })
	const asked = negotiator.languages().filter((tag) => tag !== '*' && isLocale(tag))
	// `ru;q=0, *` is anything but Russian.
	const otherwise = negotiator.languages(languages)[0] ?? languages[0]!
	// One wish after the other: an exact match further down would go before a near one of the first.
	for (const tag of asked.slice(0, MOST_ASKED)) {
		const found = match([tag], languages, NONE)
		if (found !== NONE) return found
	}
	return otherwise
}

function isLocale(tag: string): boolean {
	try {
		return Boolean(new Intl.Locale(tag))
	} catch {
		return false
	}
}
