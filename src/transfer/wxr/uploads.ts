import { lstat, realpath } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import type { Db, Time } from '../../db/schema.ts'
import { mediaPath } from '../../media/paths.ts'
import { isStorable, storeFile } from '../../media/store.ts'
import type { Storage } from '../../storage/storage.ts'
import { type OldSite, redirectKey } from './addresses.ts'
import { insertImports, type RedirectRow, readImports } from './queries.ts'

/** A file of the uploads folder that has been taken. */
export interface Upload {
	id: number
	/** `/media/…` */
	address: string
	width: number | null
	height: number | null
	/** An earlier run took it. */
	already: boolean
}

/** Where files come from and go to. */
export interface UploadsOptions {
	db: Db
	site: OldSite
	/** The old blog's uploads folder; undefined: nothing is copied. */
	folder?: string
	storage: Storage
	dryRun: boolean
	/** Beginnings of the addresses of uploads. */
	bases: Set<string>
	now: Time
}

/** Copies files out of the old blog's uploads, each once, and leads links to the copies. */
export class Uploads {
	/** Why a file could not be taken, by its path. */
	readonly refused = new Map<string, string>()
	readonly #options: UploadsOptions
	readonly #taken = new Map<string, Promise<Upload | undefined>>()
	readonly #byAddress = new Map<string, Upload>()
	readonly #links: RegExp
	#redirects: RedirectRow[] = []
	#known = new Map<string, number>()

	constructor(options: UploadsOptions) {
		this.#options = options
		this.#links = linkPattern(options)
	}

	/** Recalls what an earlier run took. */
	async load(): Promise<void> {
		const { db, site } = this.#options
		this.#known = await readImports(db, site.key, 'upload')
	}

	/** Copies a file of the uploads folder; undefined when there is none to copy. */
	take(path: string): Promise<Upload | undefined> {
		const known = this.#taken.get(path) ?? this.#copy(path)
		this.#taken.set(path, known)
		return known
	}

	/** A text whose links to copied files lead to the copies. */
	async rewrite(text: string): Promise<string> {
		if (!this.#options.folder) return text
		const addresses = new Map<string, Upload>()
		for (const { 0: address, groups } of text.matchAll(this.#links)) {
			const path = decoded(groups!.path!.replaceAll('&amp;', '&'))
			const upload = addresses.has(address) ? undefined : await this.take(path)
			if (upload) addresses.set(address, upload)
		}
		return text.replace(this.#links, (address) => addresses.get(address)?.address ?? address)
	}

	/** The size of a copied picture. */
	sizeOf(address: string): { width: number; height: number } | undefined {
		const { width, height } = this.#byAddress.get(address) ?? {}
		return width && height ? { width, height } : undefined
	}

	/** The reason why a file was not taken. */
	whyNot(path: string | undefined): string {
		if (!this.#options.folder) return 'no --uploads FOLDER was given: links to the file stay as they are'
		return (path && this.refused.get(path)) || 'its place in the uploads folder cannot be told'
	}

	/** Old addresses of files copied since the last call. */
	takeRedirects(): RedirectRow[] {
		const rows = this.#redirects
		this.#redirects = []
		return rows
	}

	async #copy(path: string): Promise<Upload | undefined> {
		const { db, site, storage, dryRun, now } = this.#options
		const file = await this.#find(path)
		if (!file) return undefined
		const already = this.#known.has(path)
		if (dryRun) return { id: 0, address: '', width: null, height: null, already }
		// The same content gives the same row, so a second run finds what it made.
		const media = await storeFile({ db, storage }, file, basename(path), monthOf(path) ?? now)
		const address = mediaPath(media.path)
		const upload = { id: media.id, address, width: media.width, height: media.height, already }
		this.#byAddress.set(address, upload)
		await db
			.transaction()
			.execute((trx) => insertImports(trx, [{ site: site.key, kind: 'upload', key: path, id: media.id }]))
		for (const old of this.#addressesOf(path))
			this.#redirects.push({ path: old, translation_id: null, target: address })
		return upload
	}

	/** The real file, if it is one and lies in the folder. */
	async #find(path: string): Promise<string | undefined> {
		const { folder } = this.#options
		if (!folder) return undefined
		try {
			const root = await realpath(folder)
			const file = await realpath(join(root, path))
			const isInside = file.startsWith(root + sep) && (await lstat(file)).isFile()
			if (!isInside) this.refused.set(path, 'it is not a file in the uploads folder')
			else if (!isStorable(file)) this.refused.set(path, 'a page or a program may not stand among the uploads')
			return isInside && isStorable(file) ? file : undefined
		} catch {
			this.refused.set(path, 'it is not in the uploads folder')
			return undefined
		}
	}

	#addressesOf(path: string): string[] {
		const { site, bases } = this.#options
		const own = [`${site.url}/wp-content/uploads/`, ...bases].flatMap((base) => URL.parse(base)?.pathname ?? [])
		return [...new Set(own.map((base) => redirectKey(`${base}${path}`)))]
	}
}

function linkPattern({ site, bases }: UploadsOptions): RegExp {
	const own = [`${site.url}/wp-content/uploads/`, ...bases]
	const hosts = own.map((base) => escaped(base.replace(/^https?:\/\/(?:www\.)?/, '')))
	const folders = escaped(`${site.folder}/wp-content/uploads/`)
	const start = `(?:(?:https?:)?//(?:www\\.)?(?:${[...new Set(hosts)].join('|')})|(?<=["'(=\\s])${folders})`
	// WordPress leaves no brackets and semicolons in names of files: there the style around them goes on.
	return new RegExp(`${start}(?<path>[^\\s"'<>?#\\\\;()]*[^\\s"'<>?#\\\\;().,:!])`, 'g')
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path)
	} catch {
		return path
	}
}

/** The moment that keeps `2010/11/…` in its folder. */
function monthOf(path: string): Time | undefined {
	const [, year, month] = /^(\d{4})\/(0[1-9]|1[0-2])\//.exec(path) ?? []
	return year ? Date.UTC(Number(year), Number(month) - 1, 15) : undefined
}
