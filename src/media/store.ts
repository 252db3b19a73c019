import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileTypeFromFile } from 'file-type'
import { lookup } from 'mime-types'
import type { Db, Time } from '../db/schema.ts'
import { enqueue } from '../jobs/queries.ts'
import type { Storage } from '../storage/storage.ts'
import type { Blog } from '../web/context.ts'
import { inspect } from './inspect.ts'
import { extensionOf, isRaster } from './kinds.ts'
import { measure, type Size, writeAnew } from './picture.ts'
import { insertMedia, type Media } from './queries.ts'
import { UploadRefused } from './refused.ts'
import { writeSafeSvg } from './svg.ts'

/** The largest file that may be uploaded. */
export const MOST_FILE_BYTES = 50_000_000

const LONGEST_NAME = 80
/** The folder of what is being uploaded, in DATA_DIR. */
const WORKING = 'uploading'
const DAY = 24 * 60 * 60 * 1000
/** Files that would run as pages or programs of the blog's own address. */
const ACTIVE = /^(?:html?|xhtml?|xht|shtml|mhtml?|xml|xsl|js|mjs|cjs|php\d?|phtml|phar|cgi|pl|py|swf)$/

/** A file that an author brings. */
export interface Upload {
	/** Its bytes, or a file of this machine, which stays as it is. */
	content: Buffer | { file: string }
	/** What the author calls it: any text; a folder in it is left out. */
	name: string
	authorId: number | null
}

/**
 * Stores what an author uploads: its type is that of its content; pictures are written anew (upright, without their
 * metadata), SVG is cleaned, sound, film and PDF stay as they are. Its smaller versions are made by a job.
 * @throws UploadRefused with the reason; nothing is kept then
 * @example const media = await storeUpload(blog, { content: bytes, name: 'photo.jpg', authorId: author.id })
 */
export async function storeUpload(blog: Blog, { content, name, authorId }: Upload): Promise<Media> {
	const folder = await workingFolder(blog)
	try {
		const file = Buffer.isBuffer(content) ? join(folder, 'came') : content.file
		if (Buffer.isBuffer(content)) await writeFile(file, content)
		if ((await stat(file)).size > MOST_FILE_BYTES) throw new UploadRefused('large')
		const mime = await inspect(file)
		const clean = join(folder, 'clean')
		const size = await cleanCopy(file, clean, mime)
		const kept = size ? clean : file
		return await keep(blog, {
			file: kept,
			name,
			mime,
			extension: extensionOf(mime)!,
			createdAt: blog.clock(),
			size,
			authorId,
		})
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

/** A folder of its own for one upload; what a crash leaves there is removed by the daily clean-up. */
export async function workingFolder({ config }: Pick<Blog, 'config'>): Promise<string> {
	const folder = join(config.dataDir, WORKING, randomUUID())
	await mkdir(folder, { recursive: true })
	return folder
}

/** Removes what uploads that a crash ended have left for a day. */
export async function removeAbandoned({ config, clock }: Pick<Blog, 'config' | 'clock'>): Promise<void> {
	const folder = join(config.dataDir, WORKING)
	for (const name of await readdir(folder).catch(() => [])) {
		const { mtimeMs } = await stat(join(folder, name))
		if (clock() - mtimeMs > DAY) await rm(join(folder, name), { recursive: true, force: true })
	}
}

/** Writes what is to be kept in a file's place, and tells its size; nothing for what is kept as it is. */
async function cleanCopy(from: string, to: string, mime: string): Promise<Partial<Size> | undefined> {
	if (isRaster(mime)) return writeAnew(from, to, mime)
	return mime === 'image/svg+xml' ? writeSafeSvg(from, to) : undefined
}

/** Tells whether a file of that name may be served from the blog's address. */
export function isStorable(name: string): boolean {
	return !ACTIVE.test(extname(name).slice(1).toLowerCase())
}

/**
 * Stores a file of another blog as it is, as `YYYY/MM/name-HASH8.ext`, whole or not at all; the same content under the
 * same name is kept once. The type is that of the content where it can be told.
 * @throws Error when the name is that of a page or a program.
 */
export async function storeFile(
	place: { db: Db; storage: Storage },
	file: string,
	name: string,
	createdAt: Time,
): Promise<Media> {
	if (!isStorable(name)) throw new Error(`${name} would run as a page or a program`)
	const type = await fileTypeFromFile(file)
	const extension = type?.ext ?? plainExtension(name)
	const mime = type?.mime ?? textMime(extension)
	const size = isRaster(mime) ? await measure(file) : undefined
	return keep(place, { file, name, mime, extension, createdAt, size, authorId: null })
}

interface Keeping {
	file: string
	name: string
	mime: string
	extension: string
	createdAt: Time
	size?: Partial<Size>
	authorId: number | null
}

async function keep({ db, storage }: { db: Db; storage: Storage }, keeping: Keeping): Promise<Media> {
	const { file, mime, extension, createdAt, size, authorId } = keeping
	const { hash, bytes } = await hashOf(file, authorId)
	const month = new Date(createdAt).toISOString().slice(0, 7).replace('-', '/')
	const path = `${month}/${safeName(keeping.name)}-${hash.slice(0, 8)}${extension && `.${extension}`}`
	await storage.put(path, { file })
	return db.transaction().execute(async (trx) => {
		const { media, isNew } = await insertMedia(trx, {
			...{ path, mime, bytes, author_id: authorId, created_at: createdAt },
			...named(keeping.name),
			width: size?.width ?? null,
			height: size?.height ?? null,
			widths: isRaster(mime) && size?.width ? null : '',
		})
		if (isNew && media.widths === null) await enqueue(trx, 'picture-sizes', { media: media.id })
		return media
	})
}

/** A hash of the content, of each author's own: nobody is given what is another's. */
async function hashOf(file: string, authorId: number | null): Promise<{ hash: string; bytes: number }> {
	const hash = createHash('sha256')
	let bytes = 0
	for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
		hash.update(chunk)
		bytes += chunk.length
	}
	if (authorId !== null) hash.update(`author ${authorId}`)
	return { hash: hash.digest('hex'), bytes }
}

/** A name without a folder, an extension or anything that an address would have to encode oddly. */
function safeName(name: string): string {
	const own = lastPart(name)
	const stem = basename(own, extname(own)).normalize('NFC')
	const kept = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '')
	return [...kept].slice(0, LONGEST_NAME).join('').toWellFormed() || 'file'
}

/** What authors see, and search in. */
export function named(name: string): { name: string; words: string } {
	const line = lastPart(name)
		.toWellFormed()
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim()
		.normalize('NFC')
	const shown = [...line].slice(0, 200).join('') || 'file'
	return { name: shown, words: foldName(shown) }
}

/** A name in which upper and lower case, е and ё are the same. */
export function foldName(name: string): string {
	return name.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
}

/** Of `../../name`, and of `C:\folder\name` too. */
function lastPart(name: string): string {
	return name.split(/[/\\]/).at(-1)!
}

function plainExtension(name: string): string {
	return extname(name)
		.slice(1)
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '')
}

/** The type of content that no signature tells: text, by its extension. What claims to be a picture here is none. */
function textMime(extension: string): string {
	const mime = lookup(extension) || 'application/octet-stream'
	return isRaster(mime) ? 'application/octet-stream' : mime
}
