const STATUSES = { invalid_request: 400, unauthorized: 401, forbidden: 403, insufficient_scope: 403 } as const

export type Code = keyof typeof STATUSES

/** An answer that says what went wrong (Micropub 3.8); the description is for whoever made the program. */
export class MicropubError extends Error {
	override name = 'MicropubError'
	readonly code: Code
	readonly status: number
	/** The scope that a token would need. */
	readonly scope?: string
	constructor(code: Code, description: string, scope?: string) {
		super(description)
		this.code = code
		this.status = STATUSES[code]
		this.scope = scope
	}
}

/** What can't be understood: 400. */
export function invalid(description: string): MicropubError {
	return new MicropubError('invalid_request', description)
}
