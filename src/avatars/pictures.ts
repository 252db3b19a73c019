import { createHmac, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Time } from '../db/schema.ts'
import { foldAddress } from '../net/address.ts'
import type { Gravatar } from '../net/gravatar.ts'

/** Pictures of writers from Gravatar, each kept for a week in the storage; "there is none" is kept as well. */
export interface Pictures {
	/** A JPEG of SIDE by SIDE; null when there is none. @throws Error while Gravatar gives no answer */
	of(email: string): Promise<Buffer | null>
	forget(email: string): Promise<void>
	/** Removes those that were kept for a week. */
	cleanUp(): Promise<void>
}

/** Pixels. */
const SIDE = 96
const WEEK = 7 * 24 * 60 * 60 * 1000
const MOST_PIXELS = 4_000_000
const MOST_AT_ONCE = 16

/** Where pictures come from, and where they are kept. */
export interface Keeping {
	/** The folder of the storage. */
	root: string
	/** Names of files are keyed by it: uploads are public, and nobody is to find out who has written here. */
	secret: string
	gravatar: Gravatar
	clock: () => Time
}

/** The pictures in the storage. */
export function createPictures({ root, secret, gravatar, clock }: Keeping): Pictures {
	const folder = join(root, 'avatars')
	const running = new Map<string, Promise<Buffer>>()
	const fileOf = (email: string) =>
		join(
			folder,
			createHmac('sha256', secret)
				.update(`gravatar ${foldAddress(email)}`)
				.digest('hex'),
		)

	async function fetchOnce(file: string, email: string): Promise<Buffer> {
		const known = running.get(file)
		if (known) return known
		if (running.size >= MOST_AT_ONCE) throw new Error('too many pictures are being fetched')
		const fetching = fetchPicture(gravatar, email).then((picture) => keep(folder, file, picture, clock()))
		running.set(file, fetching)
		return fetching.finally(() => running.delete(file))
	}

	return {
		async of(email) {
			const file = fileOf(email)
			const picture = (await isFresh(file, clock())) ? await readFile(file) : await fetchOnce(file, email)
			return picture.length > 0 ? picture : null
		},
		forget: (email) => rm(fileOf(email), { force: true }),
		async cleanUp() {
			const names = await readdir(folder).catch(() => [])
			for (const name of names) {
				const file = join(folder, name)
				if (!(await isFresh(file, clock()))) await rm(file, { force: true })
			}
		},
	}
}

/** A picture made anew from what came, so that nothing else travels in it; empty when there is none. */
async function fetchPicture(gravatar: Gravatar, email: string): Promise<Buffer> {
	const came = await gravatar.pictureOf(email)
	if (!came) return Buffer.alloc(0)
	// Only a blog that shows such pictures needs it.
	const { default: sharp } = await import('sharp')
	const picture = sharp(came, { limitInputPixels: MOST_PIXELS }).resize(SIDE, SIDE).flatten({ background: '#fff' })
	return picture
		.jpeg()
		.toBuffer()
		.catch(() => Buffer.alloc(0))
}

/** Stores a picture, whole or not at all. */
async function keep(folder: string, file: string, picture: Buffer, now: Time): Promise<Buffer> {
	const temporary = join(folder, `.${randomUUID()}.part`)
	await mkdir(folder, { recursive: true })
	await writeFile(temporary, picture)
	await utimes(temporary, now / 1000, now / 1000)
	await rename(temporary, file)
	return picture
}

async function isFresh(file: string, now: Time): Promise<boolean> {
	const kept = await stat(file).catch(() => undefined)
	return kept !== undefined && now - kept.mtimeMs < WEEK
}
