import { lstat, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, sep } from 'node:path'
import type { Db, Time } from '../../db/schema.ts'
import { decodePercent } from '../../markdown/percent.ts'
import { mediaPath } from '../../media/paths.ts'
import { findMedia, type Media } from '../../media/queries.ts'
import { isStorable, storeFile } from '../../media/store.ts'
import type { Storage } from '../../storage/storage.ts'
import { type OldSite, redirectKey } from './addresses.ts'
import { type Bring, NotBrought } from './bring.ts'
import { insertImports, type RedirectRow, readImports } from './queries.ts'
import { type Said, said } from './said.ts'

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

const UNSTORABLE = said('importer.why.unstorable')

/** Where files come from and go to. */
export interface UploadsOptions {
	db: Db
	site: OldSite
	/** The old blog's uploads folder. */
	folder?: string
	/** Fetches from the old blog what is not in the folder. */
	bring?: Bring
	storage: Storage
	dryRun: boolean
	/** Beginnings of the addresses of uploads. */
	bases: Set<string>
	now: Time
}

/** Copies the old blog's uploads, each once, and leads links to the copies. */
export class Uploads {
	/** Why a file could not be taken, by its path. */
	readonly refused = new Map<string, Said>()
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

	/** Whether there is a place to take files from. */
	get isOpen(): boolean {
		return Boolean(this.#options.folder || this.#options.bring)
	}

	/** Copies a file of the uploads by its path, or by where the old blog shows it; undefined when it can't be had. */
	take(path: string, address: string): Promise<Upload | undefined> {
		const known = this.#taken.get(path) ?? this.#copy(path, address)
		this.#taken.set(path, known)
		return known
	}

	/** A text whose links to copied files lead to the copies. */
	async rewrite(text: string): Promise<string> {
		if (!this.isOpen) return text
		const addresses = new Map<string, Upload>()
		for (const { 0: address, groups } of text.matchAll(this.#links)) {
			const encoded = groups!.path!.replaceAll('&amp;', '&')
			const path = decodePercent(encoded) ?? encoded
			const upload = addresses.has(address) ? undefined : await this.take(path, address.replaceAll('&amp;', '&'))
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
	whyNot(path: string | undefined): Said {
		if (!this.isOpen) return said('importer.why.noUploads')
		return (path && this.refused.get(path)) || said('importer.why.noPlace')
	}

	/** Old addresses of files copied since the last call. */
	takeRedirects(): RedirectRow[] {
		const rows = this.#redirects
		this.#redirects = []
		return rows
	}

	async #copy(path: string, address: string): Promise<Upload | undefined> {
		const known = this.#known.get(path)
		const media = known === undefined || !this.isOpen ? undefined : await findMedia(this.#options.db, known)
		if (media) return this.#remember(path, media, true)
		const file = await this.#find(path)
		if (file) return this.#store(path, file)
		return this.#options.bring && isStorable(path) ? this.#bring(path, address, this.#options.bring) : undefined
	}

	async #bring(path: string, address: string, bring: Bring): Promise<Upload | undefined> {
		const folder = await mkdtemp(join(tmpdir(), 'otklik-'))
		try {
			const content = await bring(URL.parse(address, `${this.#options.site.url}/`)?.href ?? address)
			const file = join(folder, 'file')
			await writeFile(file, content)
			this.refused.delete(path)
			return await this.#store(path, file)
		} catch (error) {
			if (!(error instanceof NotBrought)) throw error
			this.refused.set(path, error.reason)
		} finally {
			await rm(folder, { recursive: true, force: true })
		}
	}

	async #store(path: string, file: string): Promise<Upload> {
		const { db, site, storage, dryRun, now } = this.#options
		if (dryRun) return { id: 0, address: '', width: null, height: null, already: false }
		const media = await storeFile({ db, storage }, file, basename(path), monthOf(path) ?? now)
		// At once: a run that is interrupted has not fetched in vain.
		const row = { site: site.key, kind: 'upload', key: path, id: media.id }
		await db.transaction().execute((trx) => insertImports(trx, [row]))
		return this.#remember(path, media, false)
	}

	#remember(path: string, { id, width, height, ...media }: Media, already: boolean): Upload {
		const address = mediaPath(media.path)
		const upload = { id, address, width, height, already }
		this.#byAddress.set(address, upload)
		for (const old of this.#addressesOf(path)) {
			this.#redirects.push({ path: old, translation_id: null, target: address })
		}
		return upload
	}

	/** The real file, if it is one and lies in the folder. */
	async #find(path: string): Promise<string | undefined> {
		const { folder } = this.#options
		if (!isStorable(path)) this.refused.set(path, UNSTORABLE)
		if (!folder) return undefined
		try {
			const root = await realpath(folder)
			const file = await realpath(join(root, path))
			const isInside = file.startsWith(root + sep) && (await lstat(file)).isFile()
			if (!isInside) this.refused.set(path, said('importer.why.noFile'))
			else if (!isStorable(file)) this.refused.set(path, UNSTORABLE)
			return isInside && isStorable(file) ? file : undefined
		} catch {
			this.refused.set(path, said('importer.why.missing'))
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
	const folders = own.flatMap((base) => URL.parse(base)?.pathname ?? []).map(escaped)
	const start = `(?:(?:https?:)?//(?:www\\.)?(?:${[...new Set(hosts)].join('|')})|(?<=["'(=\\s])(?:${[...new Set(folders)].join('|')}))`
	// WordPress leaves no brackets and semicolons in names of files: there the style around them goes on.
	return new RegExp(`${start}(?<path>[^\\s"'<>?#\\\\;()]*[^\\s"'<>?#\\\\;().,:!])`, 'g')
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** The moment that keeps `2010/11/…` in its folder. */
function monthOf(path: string): Time | undefined {
	const [, year, month] = /^(\d{4})\/(0[1-9]|1[0-2])\//.exec(path) ?? []
	return year ? Date.UTC(Number(year), Number(month) - 1, 15) : undefined
}
