import { match } from '@formatjs/intl-localematcher'
import Negotiator from 'negotiator'

/**
 * The language of a reader who asked for none: the cookie `lang`, then Accept-Language (RFC 9110, with CLDR's
 * distances: be and uk read ru), then the default.
 * @param languages the blog's languages, the default first
 */
export function negotiate(languages: string[], cookie: string | undefined, acceptLanguage: string | undefined): string {
	if (cookie && languages.includes(cookie)) return cookie
	// Negotiator leaves out what the reader refused by q=0.
	const asked = new Negotiator({ headers: { 'accept-language': acceptLanguage?.slice(0, 1000) ?? '*' } })
		.languages()
		.filter((tag) => tag !== '*' && isLocale(tag))
	return asked.length > 0 ? match(asked, languages, languages[0]!) : languages[0]!
}

function isLocale(tag: string): boolean {
	try {
		return Boolean(new Intl.Locale(tag))
	} catch {
		return false
	}
}
