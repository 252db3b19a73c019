import type { TermKind } from '../db/schema.ts'
import { direction, languageName } from '../i18n/languages.ts'
import type { TermFormModel, TermsPage } from '../views/terms-model.ts'
import type { Context } from '../web/context.ts'
import type { Term } from './edit-queries.ts'
import type { TermErrors, TermInput } from './form.ts'
import { type TermNode, treeOf, withDescendants } from './tree.ts'

const KINDS = ['category', 'tag'] as const

/** A term's name in a language, else in any. */
export function nameOf<Name extends { locale: string; name: string }>(names: Name[], locale: string): Name | undefined {
	return names.find((name) => name.locale === locale && name.name) ?? names.find(({ name }) => name)
}

/** Categories as a tree and tags by the alphabet, as their room lists them. */
export function groupsOf({ blog, state: { t, locale } }: Context, terms: Term[]): TermsPage['groups'] {
	// i18n: terms.headings.category terms.headings.tag terms.none.category terms.none.tag
	return KINDS.map((kind) => {
		const rows = flat(treeOf(sorted(terms, kind, locale)), 0)
		return {
			id: kind,
			heading: t(`terms.headings.${kind}`),
			empty: rows.length === 0 ? t(`terms.none.${kind}`) : undefined,
			terms: rows.map(({ term, depth }) => ({
				href: `/admin/terms/${term.id}/`,
				text: nameOf(term.names, locale)?.name ?? t('admin.untitled'),
				lang: nameOf(term.names, locale)?.locale,
				depth: Math.min(depth, 5),
				posts: t('terms.posts', { count: term.count }),
				names: blog.config.languages.map((lang) => {
					const name = term.names.find((own) => own.locale === lang)?.name
					return { lang, language: languageName(lang), text: name, missing: name === undefined }
				}),
			})),
		}
	})
}

/** The form of a term as it was filled in. */
export function formModel(
	{ state: { t, locale } }: Context,
	terms: Term[],
	input: TermInput,
	errors: TermErrors,
	term?: Term,
): Omit<TermFormModel, 'action'> {
	const below = term ? withDescendants(terms, term.id) : []
	const parents = sorted(terms, 'category', locale).filter(({ id }) => !below.includes(id))
	const tell = (id: string) => (errors[id] ? t(errors[id], { count: 0 }) : undefined)
	return {
		isNew: term === undefined,
		kinds: KINDS.map((kind) => ({ value: kind, text: t(`terms.kinds.${kind}`), checked: kind === input.kind })),
		isCategory: term === undefined || term.kind === 'category',
		parents: flat(treeOf(parents), 0).map(({ term: parent, depth }) => ({
			value: String(parent.id),
			text: `${'— '.repeat(depth)}${nameOf(parent.names, locale)?.name ?? ''}`,
			checked: parent.id === input.parentId,
		})),
		parentError: tell('parent'),
		languages: input.names.map(({ locale: lang, name, slug, description }) => ({
			lang,
			language: languageName(lang),
			dir: direction(lang),
			ids: { name: `name-${lang}`, slug: `slug-${lang}`, description: `description-${lang}` },
			name: { value: name, error: tell(`name-${lang}`) },
			slug: { value: slug, error: tell(`slug-${lang}`) },
			description: { value: description, error: tell(`description-${lang}`) },
		})),
	}
}

function sorted(terms: Term[], kind: TermKind, locale: string): Term[] {
	const { compare } = new Intl.Collator(locale, { numeric: true })
	const own = terms.filter((term) => term.kind === kind)
	return own.toSorted((a, b) => compare(nameOf(a.names, locale)?.name ?? '', nameOf(b.names, locale)?.name ?? ''))
}

function flat(nodes: TermNode<Term>[], depth: number): { term: Term; depth: number }[] {
	return nodes.flatMap(({ term, children }) => [{ term, depth }, ...flat(children, depth + 1)])
}
