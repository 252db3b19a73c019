import type { PostKind } from '../../db/schema.ts'
import { addressable, isReserved, slugFrom } from '../../posts/slug.ts'
import { decodeSlug } from './addresses.ts'
import { plainText } from './plain-text.ts'
import type { WxrItem } from './types.ts'

/** Gives out the slugs and guids of imported texts: as they were, unless that would clash. */
export class Names {
	readonly #slugs: Set<string>
	readonly #guids: Set<string>

	constructor({ slugs, guids }: { slugs: Set<string>; guids: Set<string> }) {
		this.#slugs = slugs
		this.#guids = guids
	}

	/** A slug that is neither reserved nor taken: the wish as an address can hold it, or with a number. */
	slug(kind: PostKind, locale: string, wish: string): string {
		const base = addressable(wish)
		for (let number = 1; ; number++) {
			const slug = number === 1 ? base : `${base || kind}-${number}`
			const key = `${kind}/${locale}/${slug}`
			if (isReserved(slug) || this.#slugs.has(key)) continue
			this.#slugs.add(key)
			return slug
		}
	}

	/** The first guid that nobody has; the last one is told apart by a number. */
	guid(wishes: string[]): string {
		const last = wishes.at(-1)!
		let guid = wishes.find((wish) => wish && !this.#guids.has(wish))
		for (let number = 2; guid === undefined; number++) {
			if (!this.#guids.has(`${last}#${number}`)) guid = `${last}#${number}`
		}
		this.#guids.add(guid)
		return guid
	}
}

/** The slug an item had, or one of its title: drafts have none. */
export function slugOf(item: WxrItem, title: string): string {
	// The trash puts a word behind the slug and keeps the slug itself beside.
	const wanted = item.meta.find(({ key }) => key === '_wp_desired_post_slug')?.value
	const written = (wanted ?? item.name).replace(/__trashed(?:-\d+)?$/, '')
	const slug = decodeSlug(written).replace(/[/?#\\\s]+/g, '-')
	return slug || slugFrom(plainText(title)) || (item.id && `${item.type || 'post'}-${item.id}`)
}
