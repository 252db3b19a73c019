import { type Logger, pino } from 'pino'

/** A log of JSON lines on stderr. */
export function openLog(level: string): Logger {
	return pino({ level, base: null }, pino.destination(2))
}
