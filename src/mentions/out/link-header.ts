/** A link of an HTTP header: where it leads, as written, and its relations in lower case. */
export interface HeaderLink {
	href: string
	rels: string[]
}

/** What may follow a target: a name, and a value with quotes or without. */
const PARAMETER = /[\t ]*;[\t ]*([^\t ;,="<>]*)(?:[\t ]*=[\t ]*(?:"((?:[^"\\]|\\.)*)"|([^\t ;,"]*)))?/sy
const TARGET = /[\t ,]*<([^>]*)>/y

/**
 * The links of a Link header (RFC 8288), several headers joined by commas; what is no link is passed over. Links that
 * speak of another page (`anchor`) are left out.
 * @example parseLinkHeader('</pings>; rel=webmention') // [{ href: '/pings', rels: ['webmention'] }]
 */
export function parseLinkHeader(header: string): HeaderLink[] {
	const links: HeaderLink[] = []
	const last = header.lastIndexOf('>')
	let at = 0
	while (at < last) {
		TARGET.lastIndex = at
		const target = TARGET.exec(header)
		if (!target) {
			at = nextAfter(header, at)
			continue
		}
		const { parameters, end } = parametersAt(header, TARGET.lastIndex)
		at = end
		if (!parameters.has('anchor')) links.push({ href: target[1]!.trim(), rels: relsOf(parameters.get('rel')) })
	}
	return links
}

/** A value of `rel` as the list it is. */
export function relsOf(value = ''): string[] {
	return value
		.toLowerCase()
		.split(/[\t\n\f\r ]+/)
		.filter(Boolean)
}

/** The first of each name counts. */
function parametersAt(header: string, start: number): { parameters: Map<string, string>; end: number } {
	const parameters = new Map<string, string>()
	let end = start
	for (;;) {
		PARAMETER.lastIndex = end
		const [, name, quoted, plain] = PARAMETER.exec(header) ?? []
		if (name === undefined) return { parameters, end }
		end = PARAMETER.lastIndex
		const key = name.toLowerCase()
		if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? '')
	}
}

function nextAfter(header: string, at: number): number {
	const comma = header.indexOf(',', at + 1)
	return comma < 0 ? header.length : comma
}
