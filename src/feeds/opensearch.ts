import { create } from 'xmlbuilder2'
import { add, finish } from './xml.ts'

const NAMESPACE = 'http://a9.com/-/spec/opensearch/1.1/'
/** What the specification allows a short name. */
const SHORT = 16

/** The description of the search in one language (OpenSearch 1.1). */
export function writeOpenSearch({
	locale,
	siteUrl,
	title,
	description,
}: {
	locale: string
	siteUrl: string
	title: string
	description: string
}): string {
	const document = create({ version: '1.0', encoding: 'utf-8' })
	const root = document.ele(NAMESPACE, 'OpenSearchDescription')
	add(root, 'ShortName', {}, shortName(title))
	add(root, 'LongName', {}, Array.from(title).slice(0, 48).join(''))
	add(root, 'Description', {}, `${title}: ${description}`.slice(0, 1024))
	add(root, 'Language', {}, locale)
	add(root, 'InputEncoding', {}, 'UTF-8')
	add(root, 'OutputEncoding', {}, 'UTF-8')
	add(root, 'Image', { width: 16, height: 16, type: 'image/x-icon' }, `${siteUrl}/favicon.ico`)
	add(root, 'Url', { type: 'text/html', template: `${siteUrl}/${locale}/search/?q={searchTerms}` })
	add(root, 'Url', {
		type: 'application/opensearchdescription+xml',
		rel: 'self',
		template: `${siteUrl}/opensearch.xml?lang=${locale}`,
	})
	return finish(document.end())
}

function shortName(title: string): string {
	const characters = Array.from(title)
	return characters.length > SHORT
		? `${characters
				.slice(0, SHORT - 1)
				.join('')
				.trim()}…`
		: title
}
