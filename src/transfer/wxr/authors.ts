import { authorPath } from '../../authors/paths.ts'
import type { Db, Time, Trx } from '../../db/schema.ts'
import { slugFrom } from '../../posts/slug.ts'
import { type OldSite, withFolder } from './addresses.ts'
import { matchLanguage } from './languages.ts'
import { plainText } from './plain-text.ts'
import { splitLanguages } from './qtranslate.ts'
import { insertAuthor, insertImports, type RedirectRow, readAuthors, readImports } from './queries.ts'
import type { Tally } from './report.ts'
import type { WxrAuthor } from './types.ts'

interface Author extends WxrAuthor {
	/** Our number and slug, once it is stored. */
	storedId?: number
	slug: string
}

/** The authors of a file, by the login that items name. */
export class Authors {
	readonly #byLogin = new Map<string, Author>()
	readonly #slugs = new Set<string>()
	readonly #byEmail = new Map<string, { id: number; slug: string }>()
	readonly #site: string
	readonly #languages: string[]
	readonly #tally: Tally

	constructor(site: string, languages: string[], tally: Tally) {
		this.#site = site
		this.#languages = languages
		this.#tally = tally
	}

	/** Takes up the authors that the file lists, and finds those who are here already. */
	async load(db: Db, authors: WxrAuthor[]): Promise<void> {
		const here = await readAuthors(db)
		for (const { id, slug, email } of here) {
			this.#slugs.add(slug)
			if (email) this.#byEmail.set(email.toLowerCase(), { id, slug })
		}
		const imported = await readImports(db, this.#site, 'author')
		for (const author of authors) {
			if (this.#byLogin.has(author.login)) continue
			const known = here.find(({ id }) => id === imported.get(author.login))
			this.#add(author, known ?? this.#byEmail.get(author.email.toLowerCase()))
		}
		for (const [login, id] of imported) {
			const known = here.find((one) => one.id === id)
			if (known && !this.#byLogin.has(login)) this.#add(nobody(login), known)
		}
	}

	/** Takes up an author whom only items name. */
	meet(login: string): void {
		if (login && !this.#byLogin.has(login)) this.#add(nobody(login))
	}

	/** Stores the authors who aren't here yet. */
	async store(trx: Trx, now: Time): Promise<void> {
		for (const author of this.#byLogin.values()) {
			if (author.storedId !== undefined) continue
			const email = author.email && !this.#byEmail.has(author.email.toLowerCase()) ? author.email : null
			const names = this.#languages.map((locale) => ({ locale, name: this.#nameIn(author, locale) }))
			author.storedId = await insertAuthor(trx, { slug: author.slug, email, role: 'author', created_at: now }, names)
			if (email) this.#byEmail.set(email.toLowerCase(), { id: author.storedId, slug: author.slug })
			await insertImports(trx, [{ site: this.#site, kind: 'author', key: author.login, id: author.storedId }])
		}
	}

	/** Our number of an author, null for nobody. */
	idOf(login: string): number | null {
		return this.#byLogin.get(login)?.storedId ?? null
	}

	/** Our number of the author whom WordPress knew by this number. */
	idOfNumber(number: string): number | null {
		if (!number || number === '0') return null
		return [...this.#byLogin.values()].find(({ id }) => id === number)?.storedId ?? null
	}

	/** Where the authors' old addresses lead. */
	redirects(site: OldSite): RedirectRow[] {
		return [...this.#byLogin.values()].flatMap(({ id, login, slug }) => {
			const target = authorPath(this.#languages[0]!, slug)
			const paths = [`/author/${nicename(login)}/`, `/author/${slug}/`, ...(id ? [`/?author=${id}`] : [])]
			return paths.flatMap((path) => withFolder(site, path)).map((path) => ({ path, translation_id: null, target }))
		})
	}

	#add(author: WxrAuthor, known?: { id: number; slug: string }): void {
		this.#tally.found('authors')
		if (known) this.#tally.already('authors')
		else this.#tally.taken('authors')
		const slug = known?.slug ?? this.#freeSlug(nicename(author.login) || slugFrom(author.name) || 'author')
		this.#byLogin.set(author.login, { ...author, storedId: known?.id, slug })
	}

	#freeSlug(wish: string): string {
		let slug = wish
		for (let number = 2; this.#slugs.has(slug) || /^(?:feed|page)$/.test(slug); number++) slug = `${wish}-${number}`
		this.#slugs.add(slug)
		return slug
	}

	#nameIn({ name, login }: Author, locale: string): string {
		const split = splitLanguages(name)
		const code = split.languages.find((one) => matchLanguage(one, [locale])) ?? split.languages[0] ?? locale
		return plainText(split.in(code)) || login
	}
}

function nobody(login: string): WxrAuthor {
	return { id: '', login, email: '', name: login }
}

/** A login as WordPress writes it into addresses. */
function nicename(login: string): string {
	return login
		.toLowerCase()
		.replaceAll('@', '')
		.replace(/[^\p{L}\p{N}_-]+/gu, '-')
		.replace(/^-+|-+$/g, '')
}
