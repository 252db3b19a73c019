import { regionalCode } from '../i18n/languages.ts'
import { isoDate, type PageFacts, translationsOf } from './facts.ts'

type Tag = [property: string, content: string | undefined]

/** The `<meta>` elements of Open Graph (ogp.me) and of a Twitter card. */
export function metaTags(facts: PageFacts): { property: string; content: string }[] {
	const { kind, image } = facts
	const tags: Tag[] = [
		['og:type', kind === 'post' ? 'article' : 'website'],
		['og:title', facts.title],
		['og:description', facts.description],
		['og:url', facts.url],
		['og:site_name', facts.site.title],
		['og:locale', regionalCode(facts.locale)],
		...translationsOf(facts).map(({ hreflang }): Tag => ['og:locale:alternate', regionalCode(hreflang)]),
		['og:image', image?.url],
		['og:image:width', image?.width?.toString()],
		['og:image:height', image?.height?.toString()],
		['og:image:alt', image?.alt],
		...(kind === 'post' ? articleTags(facts) : []),
		['twitter:card', image ? 'summary_large_image' : 'summary'],
	]
	return tags.flatMap(([property, content]) => (content ? [{ property, content }] : []))
}

function articleTags({ published, modified, author, tags = [] }: PageFacts): Tag[] {
	return [
		['article:published_time', isoDate(published)],
		['article:modified_time', isoDate(modified)],
		['article:author', author?.url],
		...tags.map((tag): Tag => ['article:tag', tag]),
	]
}
