import { type DestinationStream, type Logger, pino } from 'pino'

/** A log of JSON lines on stderr. */
export function openLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
	return pino({ level, base: null, serializers: { err: describeError } }, destination)
}

/** E-mail addresses, and what stands before the host in an address of a server. */
const PERSONAL = /[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+/g
const SECRET = /(?<=:\/\/)[^\s/@]+@/g
const DEEPEST = 5
const LONGEST = 4_000

/** An error without what its maker hung on it: databases tell whole rows, mail servers tell whom a letter was for. */
function describeError(error: unknown, depth = 0): unknown {
	if (!(error instanceof Error)) return hide(String(error))
	const { name: type, message, stack = '', cause, code } = error as Error & { code?: unknown }
	return {
		type,
		message: hide(message),
		...(code !== undefined && { code: String(code) }),
		stack: hide(stack),
		...(cause !== undefined && depth < DEEPEST && { cause: describeError(cause, depth + 1) }),
	}
}

function hide(text: string): string {
	return text.slice(0, LONGEST).replace(SECRET, '…@').replace(PERSONAL, '…@…')
}
