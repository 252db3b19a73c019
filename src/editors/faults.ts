import { Fault } from '../xmlrpc/fault.ts'
import type { Call } from '../xmlrpc/method.ts'

/** Why an editor's call is refused, with the code that editors know from WordPress. */
const CODES = {
	password: 403,
	secondFactor: 403,
	tooOften: 429,
	forbidden: 401,
	missing: 404,
	stale: 409,
	empty: 400,
	long: 400,
	terms: 400,
	upload: 400,
} as const

export type Refusal = keyof typeof CODES

/**
 * The fault of a refused call, in the caller's language.
 * i18n: editors.password editors.secondFactor editors.tooOften editors.forbidden editors.missing editors.stale
 * editors.empty editors.long editors.terms editors.upload
 */
export function refuse({ blog, locale }: Call, refusal: Refusal): Fault {
	return new Fault(CODES[refusal], blog.catalog.translator(locale)(`editors.${refusal}`))
}
