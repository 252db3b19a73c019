/** A moment as XML-RPC writes it: a date and a time whose zone the server settles, unless the text names one. */
export class DateTime {
	/** `19980717T14:08:55`, also with dashes, a fraction, `Z` or `+03:00`. */
	readonly text: string
	constructor(text: string) {
		this.text = text
	}
}

/** What XML-RPC can say; whole numbers are its `int`, others its `double`, and a struct has no prototype. */
export type Value = string | number | boolean | null | DateTime | Uint8Array | Value[] | Struct

export interface Struct {
	[name: string]: Value
}

/** Tells a struct from the other values. */
export function isStruct(value: Value | undefined): value is Struct {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!(value instanceof DateTime) &&
		!(value instanceof Uint8Array)
	)
}
