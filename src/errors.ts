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

/** A page that isn't there: 404. */
export function notFound(): HttpError {
	return new HttpError(404)
}
