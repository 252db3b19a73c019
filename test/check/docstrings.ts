const FUNCTION = /^export (?:default )?(?:async )?function\*? (\w+)/
const ARROW = /^export const (\w+)(?:: [\w<>]+)? = (?:async )?(?:\(|function\b|\w+ =>)/

/** Exported functions that no docstring stands before, as `file: name`. */
export function findUndocumented(files: Map<string, string>): string[] {
	return [...files].flatMap(([file, source]) => {
		const lines = source.split('\n')
		return lines.flatMap((line, index) => {
			const name = (line.match(FUNCTION) ?? line.match(ARROW))?.[1]
			return name && !isDocumented(lines, index, name) ? [`${file}: ${name}`] : []
		})
	})
}

/** An overload is documented by the one above it. */
function isDocumented(lines: string[], index: number, name: string): boolean {
	const before = lines[index - 1]?.trim() ?? ''
	return before.endsWith('*/') || before.startsWith(`export function ${name}(`)
}
