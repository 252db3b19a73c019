import type { Context } from '../web/context.ts'

/** What others know of an author: names and addresses, and those of the blog; none of it makes a password. */
export function knownOf(
	{ blog: { config }, state: { settings } }: Pick<Context, 'blog' | 'state'>,
	own: string[],
): string[] {
	const titles = config.languages.map((locale) => settings.title(locale))
	return [...own, ...own.map((text) => text.split('@')[0]!), new URL(config.siteUrl).hostname, ...titles]
}
