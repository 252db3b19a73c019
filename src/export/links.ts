import { posix } from 'node:path'
import { decodePercent } from '../markdown/percent.ts'
import { permalink } from '../posts/permalink.ts'
import { slugFrom } from '../posts/slug.ts'
import type { Names } from './queries.ts'

/** Where things are in an export. */
export interface Files {
	/** The folder of a post: `posts/2025-02-slug`. */
	folderOf(postId: number): string
	/** The file of a text: `posts/2025-02-slug/ru.md`. */
	fileOf(place: Names['places'][number]): string
	/** A text of the blog with its links to the blog's texts and uploads leading to the files, as seen from `folder`. */
	relink(source: string, folder: string): string
}

const LONGEST = 80
// An address of ours begins where a link of Markdown or HTML does.
const LINK = /(?<=[("'<=\s]|^)(?:[a-z]+:)?(?:\/\/[^\s/"'()<>]+)?\/[^\s"'()<>]*/gim

/** Settles where everything goes. `site` is the blog's own address. */
export function layOut({ places, media }: Names, site: string): Files {
	const folders = new Map<number, string>()
	const taken = new Set<string>()
	for (const place of places) {
		if (!folders.has(place.post_id)) folders.set(place.post_id, freeName(folderName(place), taken))
	}
	const fileOf = (place: Names['places'][number]) =>
		`${folders.get(place.post_id)}/${place.locale}.${place.format === 'html' ? 'html' : 'md'}`
	const targets = new Map(places.map((place) => [permalink(place), fileOf(place)]))
	for (const { path } of media) targets.set(`/media/${path}`, `media/${path}`)
	const fileAt = (address: string) => targets.get(address) ?? targets.get(decodePercent(address) ?? address)
	return {
		folderOf: (postId) => folders.get(postId)!,
		fileOf,
		relink: (source, folder) =>
			source.replace(LINK, (address) => {
				const local = address.startsWith(`${site}/`) ? address.slice(site.length) : address
				const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(local)!
				const file = fileAt(path)
				return file ? posix.relative(folder, file).split('/').map(encodeURIComponent).join('/') + rest : address
			}),
	}
}

/** Read by people and sorted by time; drafts have no month yet. */
function folderName({ kind, slug, year, month }: Names['places'][number]): string {
	const name = slugFrom(slug).slice(0, LONGEST) || 'text'
	if (kind === 'page') return `pages/${name}`
	return year === null ? `posts/draft-${name}` : `posts/${year}-${String(month).padStart(2, '0')}-${name}`
}

function freeName(wish: string, taken: Set<string>): string {
	let name = wish
	for (let number = 2; taken.has(name); number++) name = `${wish}-${number}`
	taken.add(name)
	return name
}
