import { NotRestorable } from './manifest.ts'

const NEWLINE = 10

/** The lines of a member, each of them a JSON object. @throws NotRestorable for one that isn't */
export async function* jsonLines(content: AsyncIterable<Buffer>): AsyncGenerator<Record<string, unknown>> {
	let begun: Buffer[] = []
	for await (const part of content) {
		let from = 0
		for (let at = part.indexOf(NEWLINE); at !== -1; at = part.indexOf(NEWLINE, from)) {
			begun.push(part.subarray(from, at))
			yield parse(Buffer.concat(begun))
			begun = []
			from = at + 1
		}
		begun.push(part.subarray(from))
	}
	if (begun.some(({ length }) => length > 0)) throw new NotRestorable('a member of it ends in the middle of a line')
}

function parse(line: Buffer): Record<string, unknown> {
	try {
		const value = JSON.parse(line.toString())
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
	} catch {}
	throw new NotRestorable('a member of it has a line that is no JSON')
}
