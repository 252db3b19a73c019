import { randomInt } from 'node:crypto'

/** A whole number from 0 to below `most`. */
export function upTo(most: number): number {
	return randomInt(most)
}

/** One of them. */
export function pick<Value>(values: Value[]): Value {
	return values[randomInt(values.length)]!
}
