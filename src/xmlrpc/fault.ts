/** Codes of the "Specification for Fault Code Interoperability" that every XML-RPC server shares. */
export const PARSE_ERROR = -32700
export const INVALID_REQUEST = -32600
export const UNKNOWN_METHOD = -32601
export const INVALID_PARAMS = -32602
export const APPLICATION_ERROR = -32500
/** That of Pingback 1.0 for what is refused; the message says why. */
export const TOO_OFTEN = 49

/** An answer of XML-RPC that says what went wrong; thrown by methods. */
export class Fault extends Error {
	override name = 'Fault'
	readonly code: number
	constructor(code: number, message: string) {
		super(message)
		this.code = code
	}
}
