import { withoutComments } from './sources.ts'

const CALL = /(?:\bt|\btranslator\([^()]*\))\(\s*'([^']+)'|[({]t\s+["']([^"']+)["']/g
const QUOTED = /'([\w-]+(?:\.[\w-]+)+)'|"([\w-]+(?:\.[\w-]+)+)"/g
const BUILT = /\bt\(\s*`|[({]t\s+\(/
const DECLARED = /i18n:((?:[\s*]+[\w-]+(?:\.[\w-]+)+)+)/g

/** Keys that sources ask for outright, or declare in a comment `i18n: errors.404 errors.500`; by the file that asks. */
export function askedKeys(files: Map<string, string>): Map<string, string> {
	const keys = (source: string) => [...found(withoutComments(source), CALL), ...declaredIn(source)]
	return new Map([...files].flatMap(([file, source]) => keys(source).map((key) => [key, file] as const)))
}

/** Everything quoted in sources that looks like a key: keys that are handed on before they are asked for. */
export function quotedKeys(files: Map<string, string>): Set<string> {
	return new Set([...files.values()].flatMap((source) => found(withoutComments(source), QUOTED)))
}

/** Files that build keys of pieces and declare none. */
export function findUndeclared(files: Map<string, string>): string[] {
	const builds = ([, source]: [string, string]) => BUILT.test(withoutComments(source))
	return [...files].filter((file) => builds(file) && declaredIn(file[1]).length === 0).map(([file]) => file)
}

function declaredIn(source: string): string[] {
	return found(source, DECLARED).flatMap((list) => list.match(/[\w-]+(?:\.[\w-]+)+/g) ?? [])
}

function found(source: string, pattern: RegExp): string[] {
	return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2]!)
}
