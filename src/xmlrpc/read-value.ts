import { Fault, INVALID_REQUEST } from './fault.ts'
import type { Element } from './tree.ts'
import { DateTime, type Struct, type Value } from './value.ts'

const DATE_TIME = /^\d{4}-?\d{2}-?\d{2}[T ]\d{2}:?\d{2}(:?\d{2}([.,]\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?$/
const NO_DATE = /^[0T:Z-]*$/
const DOUBLE = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/

const READERS: Record<string, (element: Element) => Value> = {
	i4: (element) => readInteger(element, 2 ** 31),
	int: (element) => readInteger(element, 2 ** 31),
	i8: (element) => readInteger(element, 2 ** 53),
	'ex:i8': (element) => readInteger(element, 2 ** 53),
	boolean: readBoolean,
	string: textOf,
	double: readDouble,
	'dateTime.iso8601': readDateTime,
	base64: readBase64,
	array: readArray,
	struct: readStruct,
	nil: () => null,
	'ex:nil': () => null,
}

/** Reads a `value`; without a type it is a string. @throws Fault -32600 when it isn't what it claims to be */
export function readValue(element: Element): Value {
	if (element.name !== 'value') throw invalid('A value is missing')
	const { children, text } = element
	if (children.length === 0) return text
	const [typed, ...rest] = children
	const reader = Object.hasOwn(READERS, typed!.name) ? READERS[typed!.name] : undefined
	if (!reader || rest.length > 0 || text.trim() !== '') throw invalid('A value is of one known type')
	return reader(typed!)
}

function textOf({ text, children }: Element): string {
	if (children.length > 0) throw invalid('A text holds no elements')
	return text
}

function readInteger(element: Element, bound: number): number {
	const text = textOf(element).trim()
	const number = /^[+-]?\d{1,20}$/.test(text) ? Number(text) : Number.NaN
	if (!(number >= -bound && number < bound)) throw invalid('Not an integer')
	return number
}

function readBoolean(element: Element): boolean {
	const text = textOf(element).trim()
	if (text !== '0' && text !== '1') throw invalid('Not a boolean')
	return text === '1'
}

function readDouble(element: Element): number {
	const text = textOf(element).trim()
	const number = DOUBLE.test(text) ? Number(text) : Number.NaN
	if (!Number.isFinite(number)) throw invalid('Not a double')
	return number
}

/** Editors write "no date" as nothing, or as nothing but zeros. */
function readDateTime(element: Element): DateTime | null {
	const text = textOf(element).trim()
	if (NO_DATE.test(text)) return null
	if (!DATE_TIME.test(text)) throw invalid('Not a dateTime.iso8601')
	return new DateTime(text)
}

function readBase64(element: Element): Uint8Array {
	try {
		return Uint8Array.fromBase64(textOf(element))
	} catch {
		throw invalid('Not base64')
	}
}

function readArray({ children: [data, ...rest] }: Element): Value[] {
	if (data?.name !== 'data' || rest.length > 0) throw invalid('An array holds data')
	return data.children.map(readValue)
}

function readStruct({ children }: Element): Struct {
	const struct: Struct = Object.create(null)
	for (const { name: kind, children: parts } of children) {
		const name = parts.find((part) => part.name === 'name')
		const value = parts.find((part) => part.name === 'value')
		if (kind !== 'member' || parts.length !== 2 || !name || !value) throw invalid('A member has a name and a value')
		struct[textOf(name)] = readValue(value)
	}
	return struct
}

function invalid(message: string): Fault {
	return new Fault(INVALID_REQUEST, message)
}
