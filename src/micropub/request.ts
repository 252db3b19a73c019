import { invalid } from './errors.ts'

const MOST_VALUES = 100

/** Properties of microformats2: each has a list of values. */
export type Properties = Record<string, unknown[]>

/** What a program asks to be done (Micropub 3.3 to 3.5). */
export type Request =
	| { action: 'create'; properties: Properties }
	| { action: 'update'; url: string; replace: Properties; add: Properties; remove: Properties; drop: string[] }
	| { action: 'delete' | 'undelete'; url: string }

/** Reads a form; names in brackets (`category[]`) are lists. @throws MicropubError 400 */
export function readFormRequest(form: URLSearchParams): Request {
	const action = form.get('action')
	if (action !== null) return removal(action, form.get('url'))
	if ((form.get('h') ?? 'entry') !== 'entry') throw invalid('Only h-entry can be created')
	const properties: Properties = Object.create(null)
	for (const [key, value] of form) {
		const name = key.replace(/\[\]$/, '')
		if (['h', 'access_token'].includes(name)) continue
		if (name === 'content[html]') properties.content = [{ html: value }]
		else properties[name] = withValue(properties[name], name, value)
	}
	return { action: 'create', properties }
}

/** Reads JSON. @throws MicropubError 400 */
export function readJsonRequest(text: string): Request {
	const body = parse(text)
	if (!isObject(body)) throw invalid('The body must be an object')
	if (body.action === 'update') return update(body)
	if (body.action !== undefined) return removal(body.action, body.url)
	if (!Array.isArray(body.type) || body.type[0] !== 'h-entry') throw invalid('Only h-entry can be created')
	return { action: 'create', properties: propertiesOf(body.properties, 'properties') }
}

function update({ url, replace = {}, add = {}, delete: remove = {} }: Record<string, unknown>): Request {
	const isList = Array.isArray(remove)
	if (isList && !remove.every((name) => typeof name === 'string')) throw invalid('delete must name properties')
	return {
		action: 'update',
		url: textOf(url, 'url'),
		replace: propertiesOf(replace, 'replace'),
		add: propertiesOf(add, 'add'),
		remove: isList ? {} : propertiesOf(remove, 'delete'),
		drop: isList ? remove : [],
	}
}

function removal(action: unknown, url: unknown): Request {
	if (action !== 'delete' && action !== 'undelete') throw invalid('There is no such action in a request of this kind')
	return { action, url: textOf(url, 'url') }
}

function propertiesOf(value: unknown, name: string): Properties {
	if (!isObject(value)) throw invalid(`${name} must be an object`)
	for (const [key, values] of Object.entries(value)) {
		if (!Array.isArray(values)) throw invalid(`${name}.${key} must be a list`)
		if (values.length > MOST_VALUES) throw invalid(`${name}.${key} has too many values`)
	}
	return Object.assign(Object.create(null), value)
}

function withValue(values: unknown[] = [], name: string, value: string): unknown[] {
	if (values.push(value) > MOST_VALUES) throw invalid(`${name} has too many values`)
	return values
}

function textOf(value: unknown, name: string): string {
	if (typeof value !== 'string' || value === '') throw invalid(`${name} is missing`)
	return value
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		throw invalid('The body is no JSON')
	}
}

/** Tells an object from the other values of JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first value of a property, which must be text. @throws MicropubError 400 */
export function firstOf(properties: Properties, name: string): string | undefined {
	const [value] = properties[name] ?? []
	return value === undefined || value === null ? undefined : textIn(value, name)
}

/** A value that must be text. @throws MicropubError 400 */
export function textIn(value: unknown, name: string): string {
	if (typeof value !== 'string') throw invalid(`${name} must be text`)
	return value
}
