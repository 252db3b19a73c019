import type { UploadRefused } from '../media/refused.ts'
import { MOST_FILE_BYTES } from '../media/store.ts'
import { Fault, TOO_OFTEN } from '../xmlrpc/fault.ts'
import type { Call } from '../xmlrpc/method.ts'

/** Why an editor's call is refused, with the code that editors know from WordPress. */
const CODES = {
	password: 403,
	secondFactor: 403,
	tooOften: TOO_OFTEN,
	forbidden: 401,
	missing: 404,
	stale: 409,
	empty: 400,
	long: 400,
	terms: 400,
	category: 400,
	cover: 400,
} as const

export type Refusal = keyof typeof CODES

/**
 * The fault of a refused call, in the caller's language.
 * i18n: editors.password editors.secondFactor editors.tooOften editors.forbidden editors.missing editors.stale
 * editors.empty editors.long editors.terms editors.category editors.cover
 */
export function refuse({ blog, locale }: Call, refusal: Refusal): Fault {
	return new Fault(CODES[refusal], blog.catalog.translator(locale)(`editors.${refusal}`))
}

/**
 * The fault of a file that isn't taken.
 * i18n: media.refused.type media.refused.active media.refused.heic media.refused.large media.refused.pixels
 * media.refused.broken media.refused.svg media.refused.empty
 */
export function refuseUpload({ blog, locale }: Call, { reason }: UploadRefused): Fault {
	const most = String(MOST_FILE_BYTES / 1024 / 1024)
	return new Fault(400, blog.catalog.translator(locale)(`media.refused.${reason}`, { most }))
}
