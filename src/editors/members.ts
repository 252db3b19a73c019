import type { Time } from '../db/schema.ts'
import { momentOf } from '../posts/zone.ts'
import { Fault, INVALID_PARAMS } from '../xmlrpc/fault.ts'
import { DateTime, isStruct, type Struct, type Value } from '../xmlrpc/value.ts'

/** A member that is a text; numbers are written out. @throws Fault -32602 */
export function textIn(struct: Struct, name: string): string | undefined {
	const value = struct[name] ?? undefined
	if (value === undefined || typeof value === 'string') return value
	return typeof value === 'number' ? String(value) : wrong(name)
}

/** A member that is true or false, as `1`, `open` or their likes too. @throws Fault -32602 */
export function flagIn(struct: Struct, name: string): boolean | undefined {
	const value = struct[name] ?? undefined
	if (value === undefined || value === '' || typeof value === 'boolean') return value === '' ? undefined : value
	if (typeof value === 'number') return value === 1
	return typeof value === 'string' ? ['1', 'open', 'true'].includes(value) : wrong(name)
}

/** A member that is a list of texts, also one between commas. @throws Fault -32602 */
export function listIn(struct: Struct, name: string): string[] | undefined {
	const value = struct[name] ?? undefined
	if (value === undefined) return undefined
	const list = typeof value === 'string' ? value.split(',') : value
	if (!Array.isArray(list)) return wrong(name)
	return list.map((item) => (typeof item === 'string' ? item.trim() : wrong(name))).filter((item) => item !== '')
}

/** A member that is a list of numbers, as text too. @throws Fault -32602 */
export function numbersIn(struct: Struct, name: string): number[] | undefined {
	const value = struct[name] ?? undefined
	if (value === undefined) return undefined
	return Array.isArray(value) ? value.map((item) => idOf(item) ?? wrong(name)) : wrong(name)
}

/** A number, as text too. */
export function idOf(value: Value | undefined): number | undefined {
	return (typeof value === 'string' || typeof value === 'number') && /^\d{1,9}$/.test(String(value))
		? Number(value)
		: undefined
}

/** A member that is a struct; an empty one when it isn't there. @throws Fault -32602 */
export function structIn(struct: Struct, name: string): Struct {
	const value = struct[name] ?? {}
	return isStruct(value) ? value : Array.isArray(value) && value.length === 0 ? {} : wrong(name)
}

/** A member that is a date; without a zone it is one of the clock of `timezone`. @throws Fault -32602 */
export function timeIn(struct: Struct, name: string, timezone: string): Time | undefined {
	const value = struct[name] ?? undefined
	if (value === undefined || value === '') return undefined
	const text = value instanceof DateTime ? value.text : value
	return (typeof text === 'string' ? momentOf(text, timezone) : undefined) ?? wrong(name)
}

/** A moment on the clock of a zone, the way XML-RPC writes it. */
export function dateTime(time: Time, timezone: string): DateTime {
	const local = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timezone).toPlainDateTime()
	return new DateTime(local.toString({ smallestUnit: 'second' }).replaceAll('-', ''))
}

function wrong(name: string): never {
	throw new Fault(INVALID_PARAMS, `Member ${name} is of a wrong type`)
}
