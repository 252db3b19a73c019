import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromFile } from 'file-type'
import { lookup } from 'mime-types'
import sharp from 'sharp'
import type { Db, Time } from '../db/schema.ts'
import { insertMedia, type Media } from './queries.ts'

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'])
const MOST_PIXELS = 100_000_000
const LONGEST_NAME = 80
/** Files that would run as pages or programs of the blog's own address. */
const ACTIVE = /^(?:html?|xhtml?|xht|shtml|mhtml?|xml|xsl|js|mjs|cjs|php\d?|phtml|phar|cgi|pl|py|swf)$/

/** Tells whether a file may be served from the blog's address. */
export function isStorable(name: string): boolean {
	return !ACTIVE.test(extname(name).slice(1).toLowerCase())
}

/**
 * Copies a file into the storage folder `root` as `YYYY/MM/name-HASH8.ext`, whole or not at all, and remembers it; the
 * same content under the same name is kept once. The type is that of the content where it can be told.
 * @throws Error when the name is that of a page or a program.
 */
export async function storeFile(db: Db, root: string, from: string, name: string, createdAt: Time): Promise<Media> {
	if (!isStorable(name)) throw new Error(`${name} would run as a page or a program`)
	const type = await fileTypeFromFile(from)
	const extension =
		type?.ext ??
		extname(name)
			.slice(1)
			.toLowerCase()
			.replace(/[^a-z0-9]/g, '')
	const temporary = join(root, `.${randomUUID()}.part`)
	await mkdir(root, { recursive: true })
	try {
		const { hash, bytes } = await copyHashed(from, temporary)
		const month = new Date(createdAt).toISOString().slice(0, 7).replace('-', '/')
		const path = `${month}/${safeName(name)}-${hash.slice(0, 8)}${extension && `.${extension}`}`
		await mkdir(dirname(join(root, path)), { recursive: true })
		await rename(temporary, join(root, path))
		const mime = type?.mime ?? textMime(extension)
		const size = PICTURES.has(mime) ? await sizeOf(join(root, path)) : { width: null, height: null }
		return await insertMedia(db, { path, name: basename(name), mime, bytes, ...size, created_at: createdAt })
	} finally {
		await rm(temporary, { force: true })
	}
}

async function copyHashed(from: string, to: string): Promise<{ hash: string; bytes: number }> {
	const hash = createHash('sha256')
	let bytes = 0
	await pipeline(
		createReadStream(from),
		async function* (chunks) {
			for await (const chunk of chunks as AsyncIterable<Buffer>) {
				hash.update(chunk)
				bytes += chunk.length
				yield chunk
			}
		},
		createWriteStream(to),
	)
	return { hash: hash.digest('hex'), bytes }
}

/** A name without a folder, an extension or anything that an address would have to encode oddly. */
function safeName(name: string): string {
	const stem = basename(name, extname(name)).normalize('NFC')
	const kept = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '')
	return kept.slice(0, LONGEST_NAME).toWellFormed() || 'file'
}

/** The type of content that no signature tells: text, by its extension. What claims to be a picture here is none. */
function textMime(extension: string): string {
	const mime = lookup(extension) || 'application/octet-stream'
	return PICTURES.has(mime) ? 'application/octet-stream' : mime
}

async function sizeOf(file: string): Promise<{ width: number | null; height: number | null }> {
	try {
		const { autoOrient } = await sharp(file, { limitInputPixels: MOST_PIXELS }).metadata()
		return { width: autoOrient.width ?? null, height: autoOrient.height ?? null }
	} catch {
		return { width: null, height: null }
	}
}
