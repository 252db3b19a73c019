import { Fault } from '../../xmlrpc/fault.ts'
import { readValue } from '../../xmlrpc/read-value.ts'
import { type Element, readTree } from '../../xmlrpc/tree.ts'
import { isStruct } from '../../xmlrpc/value.ts'
import { writeRequest } from '../../xmlrpc/write.ts'

/** The call that tells a page of a link to it (Pingback 1.0). */
export function pingbackCall(source: string, target: string): string {
	return writeRequest('pingback.ping', [source, target])
}

/** The code of the fault that an answer to a call is; undefined when it is none. @throws Error when it is no answer */
export async function readFault(body: Uint8Array, charset?: string): Promise<number | undefined> {
	const root = await readTree(body, { charset })
	const [answer] = root.children
	if (root.name !== 'methodResponse' || !answer) throw new Fault(0, 'Not a methodResponse')
	return answer.name === 'fault' ? codeOf(answer) : undefined
}

function codeOf({ children: [value] }: Element): number {
	const fault = value && readValue(value)
	return isStruct(fault) && typeof fault.faultCode === 'number' ? fault.faultCode : 0
}
