import { Fault, INVALID_REQUEST } from './fault.ts'
import { readValue } from './read-value.ts'
import { type Element, readTree } from './tree.ts'
import type { Value } from './value.ts'

/** A method and what it is called with. */
export interface Request {
	method: string
	params: Value[]
}

/** Reads a `methodCall`. @throws Fault -32700, -32600 */
export async function readRequest(body: Uint8Array, charset?: string): Promise<Request> {
	const root = await readTree(body, { charset })
	const [name, params, ...rest] = root.children
	if (root.name !== 'methodCall' || !name || rest.length > 0) throw invalid('Not a methodCall')
	return { method: readName(name), params: params ? readParams(params).map(readParam) : [] }
}

/** What the beginning of a `methodCall` tells: its method and the parameters that have come whole. @throws Fault */
export async function readBeginning(body: Uint8Array, charset?: string): Promise<Request> {
	const { children } = await readTree(body, { charset, isBeginning: true })
	const [name, params] = children
	if (!name?.isWhole) throw invalid('Not a methodCall')
	const whole = params ? readParams(params).filter(({ isWhole }) => isWhole) : []
	return { method: readName(name), params: whole.map(readParam) }
}

function readName({ name, text }: Element): string {
	if (name !== 'methodName' || !/^[\w.:/]{1,200}$/.test(text.trim())) throw invalid('No methodName')
	return text.trim()
}

function readParams({ name, children }: Element): Element[] {
	if (name !== 'params' || children.some((child) => child.name !== 'param')) throw invalid('params hold param')
	return children
}

function readParam({ children }: Element): Value {
	if (children.length !== 1) throw invalid('A param holds one value')
	return readValue(children[0]!)
}

function invalid(message: string): Fault {
	return new Fault(INVALID_REQUEST, message)
}
