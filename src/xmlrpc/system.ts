import { Fault, INVALID_PARAMS, UNKNOWN_METHOD } from './fault.ts'
import type { Call, Method, Methods } from './method.ts'
import { paramsOf } from './params.ts'
import { isStruct, type Value } from './value.ts'
import { faultValue } from './write.ts'

const MOST_CALLS = 50

/** Calls a method by name. @throws Fault -32601 when there is none */
export async function invoke(methods: Methods, call: Call, name: string, params: Value[]): Promise<Value> {
	const method = Object.hasOwn(methods, name) ? methods[name] : undefined
	if (!method) throw new Fault(UNKNOWN_METHOD, `There is no method ${name}`)
	return method(call, params)
}

/** `methods` with the calls that every server answers: `system.listMethods` and `system.multicall`. */
export function withSystem(methods: Methods): Methods {
	const all: Methods = {
		...methods,
		'system.listMethods': (_, params) => {
			paramsOf(params)
			return Object.keys(all).sort()
		},
		'system.multicall': multicall(methods),
	}
	return all
}

/** Several calls one after another; each has its answer or its fault, and none is a multicall itself. */
function multicall(methods: Methods): Method {
	return async (call, params) => {
		const [calls] = paramsOf(params, 'array')
		if (calls.length > MOST_CALLS) throw new Fault(INVALID_PARAMS, `At most ${MOST_CALLS} calls at once`)
		const answers: Value[] = []
		for (const one of calls) answers.push(await answerOne(methods, call, one))
		return answers
	}
}

async function answerOne(methods: Methods, call: Call, one: Value): Promise<Value> {
	try {
		const { methodName, params } = isStruct(one) ? one : {}
		if (typeof methodName !== 'string' || !Array.isArray(params)) {
			throw new Fault(INVALID_PARAMS, 'A call has methodName and params')
		}
		return [await invoke(methods, call, methodName, params)]
	} catch (error) {
		if (!(error instanceof Fault)) throw error
		return faultValue(error)
	}
}
