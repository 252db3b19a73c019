import type { Db, TermKind, Trx } from '../../db/schema.ts'
import { addressable } from '../../posts/slug.ts'
import { termPath } from '../../terms/paths.ts'
import { decodeSlug, type OldSite, redirectKey, withFolder } from './addresses.ts'
import { matchLanguage, polylangTerms } from './languages.ts'
import { ownSlug } from './own.ts'
import { plainText } from './plain-text.ts'
import { splitLanguages } from './qtranslate.ts'
import {
	findTermId,
	insertImports,
	insertTerm,
	insertTermName,
	type RedirectRow,
	readImports,
	readTermNames,
	setTermParent,
} from './queries.ts'
import type { Tally } from './report.ts'
import { type Said, said } from './said.ts'
import type { WxrItemTerm, WxrTerm } from './types.ts'

interface Name {
	name: string
	slug: string
	description: string
}

/** A category or a tag on its way in; several terms of Polylang are one. */
export interface Term {
	kind: TermKind
	/** Keys in `imports`, one for each term of the file. */
	keys: string[]
	id?: number
	/** Names of its own in some languages … */
	names: Map<string, Name>
	/** … or one name for every language in which its posts are. */
	common?: Name
	parentKey?: string
	isUnderParent: boolean
	/** Whether `stored` says what the database has. */
	isLoaded: boolean
	/** Ids that WordPress had: `/?cat=7`. */
	numbers: string[]
	/** Languages in which it is named in the database. */
	stored: Map<string, string>
}

const KINDS = new Map<string, TermKind>([
	['category', 'category'],
	['post_tag', 'tag'],
	['tag', 'tag'],
])
const PLURAL = { category: 'categories', tag: 'tags' } as const
/** How the report calls taxonomies that have no place here, and why they haven't. */
const OTHERS: Record<string, [kind: string, reason: Said]> = {
	nav_menu: ['menus', said('importer.why.navigation')],
	post_format: ['formats', said('importer.why.format')],
	language: ['polylangLanguages', said('importer.why.languages')],
	term_language: ['polylangLanguages', said('importer.why.languages')],
	post_translations: ['polylangLinks', said('importer.why.links')],
	term_translations: ['polylangLinks', said('importer.why.links')],
	link_category: ['linkCategories', said('importer.why.blogroll')],
}

/** The categories and tags of a file, stored when a post first needs them in a language. */
export class Terms {
	readonly #byKey = new Map<string, Term>()
	readonly #seen = new Set<string>()
	readonly #imported = new Map<string, number>()
	readonly #languages: string[]
	readonly #tally: Tally
	readonly #site: string

	constructor(site: string, languages: string[], tally: Tally) {
		this.#site = site
		this.#languages = languages
		this.#tally = tally
	}

	/** Takes up the terms that the file lists, and finds those that an earlier run stored. */
	async load(db: Db, terms: WxrTerm[]): Promise<void> {
		for (const kind of ['category', 'tag'] as const) {
			for (const [key, id] of await readImports(db, this.#site, kind)) this.#imported.set(`${kind}/${key}`, id)
		}
		const groups = polylangTerms(terms)
		for (const term of terms) {
			const kind = KINDS.get(term.taxonomy)
			if (kind) this.#add(term, kind, groups.get(term.id))
			else this.#leave({ taxonomy: term.taxonomy, slug: term.slug, name: term.name })
		}
		for (const term of this.all()) this.#breakCircle(term)
		for (const term of this.all()) for (const _ of term.keys) this.#count(term)
	}

	/** Every term, once. */
	all(): Set<Term> {
		return new Set(this.#byKey.values())
	}

	/** The terms of an item; one that the file doesn't list is made. Other taxonomies are named in the report. */
	of(terms: WxrItemTerm[]): Term[] {
		// Old exports write each category twice, once without its taxonomy.
		const whole = terms.filter(({ taxonomy, slug }) => taxonomy && slug)
		const used = whole.length ? whole : terms.map((term) => ({ ...term, taxonomy: term.taxonomy || 'category' }))
		return used.flatMap((term) => {
			const kind = KINDS.get(term.taxonomy)
			if (!kind) this.#leave(term)
			return kind ? [this.#known(kind, term)] : []
		})
	}

	/** Stores a term and its name in a language, with the terms above it; gives its id. */
	async store(trx: Trx, term: Term, locale: string): Promise<number> {
		term.id ??= await this.#found(trx, term, locale)
		if (!term.isLoaded) await this.#load(trx, term)
		if (term.stored.has(locale)) return term.id
		const name = term.names.get(locale) ?? term.common
		if (name) await this.#name(trx, term, locale, name)
		const parent = this.#parentOf(term)
		if (parent) {
			const parentId = await this.store(trx, parent, locale)
			if (!term.isUnderParent) await setTermParent(trx, term.id, parentId)
			term.isUnderParent = true
		}
		return term.id
	}

	/** Stores the names of terms that no post needed, and the terms that no post has; recalls those of an earlier run. */
	async storeRest(trx: Trx, fallback: string): Promise<void> {
		for (const term of this.all()) {
			if (term.id !== undefined && !term.isLoaded) await this.#load(trx, term)
			if (term.common && term.id === undefined) await this.store(trx, term, fallback)
			for (const locale of term.names.keys()) await this.store(trx, term, locale)
		}
	}

	/** Where the old addresses of stored terms lead. */
	redirects(site: OldSite): RedirectRow[] {
		return [...this.all()].flatMap((term) => {
			const locales = [...this.#languages].filter((locale) => term.stored.has(locale))
			return locales.flatMap((locale) => this.#redirectsIn(site, term, locale, locale === locales[0]))
		})
	}

	async #load(trx: Trx, term: Term): Promise<void> {
		for (const { locale, slug } of await readTermNames(trx, term.id!)) term.stored.set(locale, slug)
		term.isLoaded = true
	}

	#parentOf({ kind, parentKey }: Term): Term | undefined {
		return parentKey ? this.#byKey.get(`${kind}/${parentKey}`) : undefined
	}

	/** A term that is above itself stands at the top. */
	#breakCircle(term: Term): void {
		const above = new Set<Term>()
		for (let one = this.#parentOf(term); one && !above.has(one); one = this.#parentOf(one)) above.add(one)
		if (above.has(term)) term.parentKey = undefined
	}

	#add(
		{ id, slug, name, parent, description, meta }: WxrTerm,
		kind: TermKind,
		group?: { group: string; language: string },
	) {
		const key = decodeSlug(slug || name)
		const isKnown = this.#byKey.has(`${kind}/${key}`)
		const joined = group && this.#byKey.get(`${kind}/polylang ${group.group}`)
		const term = this.#byKey.get(`${kind}/${key}`) ?? joined ?? newTerm(kind)
		if (id && !term.numbers.includes(id)) term.numbers.push(id)
		if (isKnown) return
		term.keys.push(key)
		term.id ??= this.#imported.get(`${kind}/${key}`)
		this.#byKey.set(`${kind}/${key}`, term)
		if (group) this.#byKey.set(`${kind}/polylang ${group.group}`, term)
		if (parent) term.parentKey ??= decodeSlug(parent)
		this.#describe(term, { name, slug: ownSlug(meta) ?? key, description }, group?.language)
	}

	#describe(term: Term, { name, slug, description }: Name, language: string | undefined): void {
		const names = splitLanguages(name)
		const texts = splitLanguages(description)
		const written = (code: string) => ({
			name: plainText(names.in(code)),
			slug,
			description: plainText(texts.in(code)),
		})
		if (language) {
			const locale = matchLanguage(language, this.#languages)
			if (locale) term.names.set(locale, written(language))
		} else if (names.languages.length) {
			for (const code of names.languages) {
				const locale = matchLanguage(code, this.#languages)
				if (locale) term.names.set(locale, written(code))
			}
		} else term.common = written('')
	}

	#known(kind: TermKind, { slug, name, taxonomy }: WxrItemTerm): Term {
		const key = decodeSlug(slug || name)
		const known = this.#byKey.get(`${kind}/${key}`)
		if (known) return known
		this.#add({ id: '', taxonomy, slug: key, name: name || key, parent: '', description: '', meta: [] }, kind)
		const term = this.#byKey.get(`${kind}/${key}`)!
		this.#count(term)
		return term
	}

	#count(term: Term): void {
		const kind = PLURAL[term.kind]
		this.#tally.found(kind)
		if (term.id) this.#tally.already(kind)
		else if (term.names.size || term.common) this.#tally.taken(kind)
		else this.#tally.left(kind, term.keys.join(', '), said('importer.why.languagesOnly'))
	}

	#leave({ taxonomy, slug, name }: WxrItemTerm): void {
		if (this.#seen.has(`${taxonomy}/${slug}`)) return
		this.#seen.add(`${taxonomy}/${slug}`)
		const [kind, reason] = (Object.hasOwn(OTHERS, taxonomy) ? OTHERS[taxonomy]! : undefined) ?? [
			`termsOf:${taxonomy}`,
			said('importer.why.taxonomy'),
		]
		this.#tally.found(kind)
		this.#tally.left(kind, name || slug, reason)
	}

	/** A term that is here under the same slug is the same one. */
	async #found(trx: Trx, term: Term, locale: string): Promise<number> {
		const slug = (term.names.get(locale) ?? term.common ?? [...term.names.values()][0])?.slug ?? ''
		const id = (await findTermId(trx, { kind: term.kind, locale, slug })) ?? (await insertTerm(trx, term.kind))
		const rows = term.keys.map((key) => ({ site: this.#site, kind: term.kind, key, id }))
		await insertImports(trx, rows)
		return id
	}

	async #name(trx: Trx, term: Term, locale: string, { name, slug: written, description }: Name): Promise<void> {
		const { kind, id } = term
		// Dots alone lead elsewhere.
		const wish = addressable(written).replace(/^\.+$/, '') || kind
		for (let number = isReserved(wish) ? 2 : 1; ; number++) {
			const slug = number === 1 ? wish : `${wish}-${number}`
			const owner = await findTermId(trx, { kind, locale, slug })
			if (owner !== undefined && owner !== id) continue
			await insertTermName(trx, { term_id: id!, kind, locale, name: name || slug, slug, description })
			term.stored.set(locale, slug)
			return
		}
	}

	#redirectsIn(site: OldSite, term: Term, locale: string, isFirst: boolean): RedirectRow[] {
		const target = termPath(locale, { kind: term.kind, slug: term.stored.get(locale)! })
		const own = term.names.get(locale)
		const slugs = own && !isFirst ? [own.slug] : term.keys
		const paths = slugs.flatMap((slug) => this.#pathsOf(term, slug))
		const numbers = isFirst && term.kind === 'category' ? term.numbers.map((number) => `/?cat=${number}`) : []
		const prefixed = paths.map((path) => redirectKey(`${site.folder}/${locale}${path}`))
		const plain = [...paths, ...numbers].flatMap((path) => withFolder(site, path))
		return [...plain, ...prefixed].map((path) => ({ path, translation_id: null, target }))
	}

	/** `/category/child/`, and `/category/parent/child/` as WordPress writes it. */
	#pathsOf({ kind, parentKey }: Term, slug: string): string[] {
		const above: string[] = []
		for (let key = parentKey; key && above.length < 20; key = this.#byKey.get(`${kind}/${key}`)?.parentKey) {
			above.unshift(key)
		}
		const whole = [...above, slug].join('/')
		return [...new Set([`/${kind}/${whole}/`, `/${kind}/${slug}/`])]
	}
}

function newTerm(kind: TermKind): Term {
	return { kind, keys: [], names: new Map(), numbers: [], stored: new Map(), isUnderParent: false, isLoaded: false }
}

/** Words that follow a listing's address. */
function isReserved(slug: string): boolean {
	return slug === 'feed' || slug === 'page'
}
