/**
 * A YAML 1.2 document of plain fields, between the lines that make it the front matter of a text. Values are written as
 * JSON, which is YAML; what a YAML reader would take for an end of line or leave out is escaped.
 * @example frontMatter({ title: 'Ёлка', tags: ['зима'] }) // '---\ntitle: "Ёлка"\ntags: ["зима"]\n---\n'
 */
export function frontMatter(fields: Record<string, unknown>): string {
	const lines = Object.entries(fields).flatMap(([name, value]) => {
		const isNothing =
			value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
		return isNothing ? [] : [`${name}: ${escaped(JSON.stringify(value))}\n`]
	})
	return `---\n${lines.join('')}---\n`
}

function escaped(json: string): string {
	return json.replace(
		/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	)
}
