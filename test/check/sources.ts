import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Texts of the files that match, by their path from the root of the repository. */
export function readSources(...patterns: string[]): Map<string, string> {
	const paths = globSync(patterns, { cwd: root }).sort()
	return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** A source without its comments, line for line; quoted text stays. */
export function withoutComments(source: string): string {
	return source.replace(/\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ''))
}
