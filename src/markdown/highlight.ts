import hljs from 'highlight.js/lib/common'
import { escapeHtml } from './escape.ts'

/** Longer code is shown without colours: the highlighter's patterns are not linear. */
const LONGEST = 20_000

/** A block of code as HTML, coloured by classes when the language is known. */
export function codeBlock(code: string, language: string): string {
	if (!hljs.getLanguage(language) || code.length > LONGEST) return `<pre><code>${escapeHtml(code)}</code></pre>\n`
	const { value } = hljs.highlight(code, { language, ignoreIllegals: true })
	return `<pre><code class="hljs language-${escapeHtml(language)}">${value}</code></pre>\n`
}
