import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What a theme's templates hold in place, as sources of a content policy: `'sha256-…'`. */
export interface Inline {
	scripts: string[]
	styles: string[]
}

const ELEMENT = /<(script|style)\b([^>]*)>([\s\S]*?)<\/\1\s*>/gi
/** Other types are data, which no policy asks about. */
const RUNS = /\btype\s*=\s*(?:"(?:module|importmap|text\/javascript)?"|'(?:module|importmap|text\/javascript)?')/i

/**
 * The hashes of the scripts and styles in templates. Read from the files, never from a page: what a post brings along
 * is not the theme's. What holds `{{…}}` differs from page to page and has none.
 */
export function hashInline(files: Iterable<string>): Inline {
	const scripts = new Set<string>()
	const styles = new Set<string>()
	for (const file of files) {
		for (const [, name = '', attributes = '', text = ''] of readFileSync(file, 'utf8').matchAll(ELEMENT)) {
			if (text.trim() === '' || text.includes('{{')) continue
			if (name.toLowerCase() === 'style') styles.add(hashOf(text))
			else if (!/\btype\s*=/i.test(attributes) || RUNS.test(attributes)) scripts.add(hashOf(text))
		}
	}
	return { scripts: [...scripts], styles: [...styles] }
}

/** Browsers hash what they have parsed, where every line ends in LF. */
function hashOf(text: string): string {
	return `'sha256-${createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('base64')}'`
}
