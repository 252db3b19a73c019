/** A wrong setting or an unusable database: told in one line, exit 2. */
export class ConfigError extends Error {
	override name = 'ConfigError'
}

/** An answer other than 200 that a page shows in the reader's language: `errors.STATUS` in the catalog. */
export class HttpError extends Error {
	override name = 'HttpError'
	readonly status: number
	readonly headers: Record<string, string>
	constructor(status: number, headers: Record<string, string> = {}) {
		super(`HTTP ${status}`)
		this.status = status
		this.headers = headers
	}
}

/** A page in a language it exists in. */
export interface Elsewhere {
	locale: string
	path: string
	title: string
}

/** A page that isn't there in the language asked for, but is in others: a 404, or another status, that offers them. */
export class MissingTranslation extends HttpError {
	override name = 'MissingTranslation'
	readonly elsewhere: Elsewhere[]
	constructor(elsewhere: Elsewhere[], status = 404) {
		super(status)
		this.elsewhere = elsewhere
	}
}

/** A page that has another address on this site: 301. */
export class Moved extends HttpError {
	override name = 'Moved'
	readonly path: string
	constructor(path: string) {
		super(301)
		this.path = path
	}
}

/** A page that isn't there: 404. */
export function notFound(): HttpError {
	return new HttpError(404)
}
