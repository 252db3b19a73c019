import { alphabetOf } from '../i18n/collate.ts'
import { termPath } from '../terms/paths.ts'
import type { listTermsWithCounts } from '../terms/queries.ts'
import { type TermNode, treeOf } from '../terms/tree.ts'
import type { CategoryNode, Sidebar } from '../views/model.ts'

/** The tags that are shown: those with the most posts. */
const TAGS = 40

type Term = Awaited<ReturnType<typeof listTermsWithCounts>>[number]

/** The categories of a language by its alphabet, each with those below it. */
export function categoriesOf(terms: Term[], locale: string): CategoryNode[] {
	const categories = terms.filter((term) => term.kind === 'category').sort(byName(locale))
	return treeOf(categories).map((node) => categoryNode(node, locale))
}

function categoryNode({ term, children }: TermNode<Term>, locale: string): CategoryNode {
	const below = children.map((child) => categoryNode(child, locale))
	return { href: termPath(locale, term), text: term.name, count: term.count, children: below }
}

/** The tags of a language by its alphabet, each with its weight among them. */
export function tagsOf(terms: Term[], locale: string): Sidebar['tags'] {
	const tags = terms.filter((term) => term.kind === 'tag').sort((a, b) => b.count - a.count)
	const shown = tags.slice(0, TAGS).sort(byName(locale))
	const most = Math.max(1, ...shown.map((tag) => tag.count))
	return shown.map((tag) => ({
		href: termPath(locale, tag),
		text: tag.name,
		count: tag.count,
		weight: 1 + Math.round((4 * Math.log(tag.count)) / Math.max(1, Math.log(most))),
	}))
}

function byName(locale: string) {
	const compare = alphabetOf(locale)
	return (a: Term, b: Term) => compare(a.name, b.name)
}
