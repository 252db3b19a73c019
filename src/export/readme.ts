import { readFileSync } from 'node:fs'

/** The text that explains an export to whoever finds it, in English and in Russian. */
export function readme({ site, made }: { site: string; made: string }): string {
	const text = readFileSync(new URL('README.md', import.meta.url), 'utf8')
	return text.replaceAll('SITE', site).replaceAll('MADE', made)
}
