import { Fault, INVALID_PARAMS } from './fault.ts'
import { DateTime, isStruct, type Struct, type Value } from './value.ts'

interface Types {
	string: string
	int: number
	boolean: boolean
	dateTime: DateTime
	base64: Uint8Array
	array: Value[]
	struct: Struct
	any: Value
	/** A number that some write as text. */
	id: string | number
	/** A boolean that some write as a number. */
	flag: boolean | number
}

/** The name of a type; with `?` at its end the parameter may be left out. */
export type TypeName = keyof Types | `${keyof Types}?`

type Param<Name> = Name extends `${infer Type extends keyof Types}?`
	? Types[Type] | undefined
	: Name extends keyof Types
		? Types[Name]
		: never

const TESTS: Record<keyof Types, (value: Value) => boolean> = {
	string: (value) => typeof value === 'string',
	int: (value) => Number.isInteger(value),
	boolean: (value) => typeof value === 'boolean',
	dateTime: (value) => value instanceof DateTime,
	base64: (value) => value instanceof Uint8Array,
	array: (value) => Array.isArray(value),
	struct: isStruct,
	any: () => true,
	id: (value) => typeof value === 'string' || Number.isInteger(value),
	flag: (value) => typeof value === 'boolean' || value === 0 || value === 1,
}

/** Parameters of the types that are named. */
export type ParamsOf<Names extends TypeName[]> = { [Index in keyof Names]: Param<Names[Index]> }

/**
 * The parameters of a call, which must be of these types and no more than they.
 * @example const [source, target] = paramsOf(params, 'string', 'string')
 * @throws Fault -32602
 */
export function paramsOf<const Names extends TypeName[]>(params: Value[], ...names: Names): ParamsOf<Names> {
	const least = names.filter((name) => !name.endsWith('?')).length
	if (params.length < least || params.length > names.length) {
		throw new Fault(INVALID_PARAMS, `Wrong number of parameters: ${params.length}`)
	}
	for (const [index, param] of params.entries()) {
		const type = names[index]!.replace('?', '') as keyof Types
		if (!TESTS[type](param)) throw new Fault(INVALID_PARAMS, `Parameter ${index + 1} must be of type ${type}`)
	}
	return params as never
}
