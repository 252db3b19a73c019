import { escapeXml } from '../web/xml.ts'
import type { Fault } from './fault.ts'
import { DateTime, type Value } from './value.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The XML of an answer that gives a value. */
export function writeResponse(value: Value): string {
	return `${DECLARATION}<methodResponse><params><param>${writeValue(value)}</param></params></methodResponse>\n`
}

/** The XML of an answer that says what went wrong. */
export function writeFault(fault: Fault): string {
	return `${DECLARATION}<methodResponse><fault>${writeValue(faultValue(fault))}</fault></methodResponse>\n`
}

/** The XML of a call. */
export function writeRequest(method: string, params: Value[]): string {
	const list = params.map((param) => `<param>${writeValue(param)}</param>`).join('')
	return `${DECLARATION}<methodCall><methodName>${escapeXml(method)}</methodName><params>${list}</params></methodCall>\n`
}

/** A fault as the struct that stands for it. */
export function faultValue({ code, message }: Fault): Value {
	return { faultCode: code, faultString: message }
}

function writeValue(value: Value): string {
	return `<value>${writeTyped(value)}</value>`
}

function writeTyped(value: Value): string {
	if (value === null) return '<nil/>'
	if (typeof value === 'string') return `<string>${escapeXml(value)}</string>`
	if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`
	if (typeof value === 'number') return writeNumber(value)
	if (value instanceof DateTime) return `<dateTime.iso8601>${escapeXml(value.text)}</dateTime.iso8601>`
	if (value instanceof Uint8Array) return `<base64>${value.toBase64()}</base64>`
	if (Array.isArray(value)) return `<array><data>${value.map(writeValue).join('')}</data></array>`
	const members = Object.entries(value).map(
		([name, member]) => `<member><name>${escapeXml(name)}</name>${writeValue(member)}</member>`,
	)
	return `<struct>${members.join('')}</struct>`
}

/** A double has digits and a point, no exponent. */
function writeNumber(value: number): string {
	if (!Number.isInteger(value)) return `<double>${value.toFixed(17).replace(/0+$/, '')}</double>`
	const isShort = value >= -(2 ** 31) && value < 2 ** 31
	return isShort ? `<int>${value}</int>` : `<i8>${value}</i8>`
}
