import { isoDate, type PageFacts, translationsOf } from './facts.ts'

/** The page as JSON-LD of schema.org, safe inside `<script>`. */
export function jsonLd(facts: PageFacts): string {
	const { kind, site, locale } = facts
	return scriptJson({
		'@context': 'https://schema.org',
		...(kind === 'post' || kind === 'page' ? work(facts) : list(facts)),
		inLanguage: locale,
		isPartOf: kind === 'home' ? undefined : { '@type': 'WebSite', name: site.title, url: site.url },
	})
}

/** JSON in which nothing ends a `<script>` or opens a comment in it. */
export function scriptJson(value: object): string {
	const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped)
}

function list({ kind, url, title, description }: PageFacts): object {
	return { '@type': kind === 'home' ? 'WebSite' : 'CollectionPage', '@id': url, url, name: title, description }
}

function work(facts: PageFacts): object {
	const { url, title, author, tags } = facts
	return {
		'@type': typeOf(facts),
		'@id': url,
		url,
		name: title,
		headline: title,
		description: facts.description,
		image: facts.image?.url,
		datePublished: isoDate(facts.published),
		dateModified: isoDate(facts.modified),
		author: author && { '@type': 'Person', ...author },
		keywords: tags?.length ? tags : undefined,
		commentCount: facts.responses,
		...translations(facts),
	}
}

function translations(facts: PageFacts): object {
	const siblings = translationsOf(facts).map(({ hreflang, href }) => ({
		'@type': typeOf(facts),
		'@id': href,
		inLanguage: hreflang,
	}))
	const source = siblings.find(({ inLanguage }) => inLanguage === facts.sourceLocale)
	const others = siblings.filter((sibling) => sibling !== source)
	return { translationOfWork: source, workTranslation: others.length > 0 ? others : undefined }
}

function typeOf({ kind }: PageFacts): string {
	return kind === 'post' ? 'BlogPosting' : 'WebPage'
}
