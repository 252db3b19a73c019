import { createHmac } from 'node:crypto'
import type { Time } from '../db/schema.ts'
import { foldAddress } from '../net/address.ts'
import type { Gravatar } from '../net/gravatar.ts'
import type { Storage } from '../storage/storage.ts'

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
	storage: Storage
	/** Names of files are keyed by it: uploads are public, and nobody is to find out who has written here. */
	secret: string
	gravatar: Gravatar
	clock: () => Time
}

/** The pictures in the storage. */
export function createPictures({ storage, secret, gravatar, clock }: Keeping): Pictures {
	const running = new Map<string, Promise<Buffer>>()
	const keyOf = (email: string) =>
		`avatars/${createHmac('sha256', secret)
			.update(`gravatar ${foldAddress(email)}`)
			.digest('hex')}`

	async function fetchOnce(key: string, email: string): Promise<Buffer> {
		const known = running.get(key)
		if (known) return known
		if (running.size >= MOST_AT_ONCE) throw new Error('too many pictures are being fetched')
		const fetching = fetchPicture(gravatar, email).then(async (picture) => {
			await storage.put(key, picture)
			return picture
		})
		running.set(key, fetching)
		return fetching.finally(() => running.delete(key))
	}

	async function isFresh(key: string): Promise<boolean> {
		const kept = await storage.stat(key)
		return kept !== undefined && clock() - kept.storedAt < WEEK
	}

	return {
		async of(email) {
			const key = keyOf(email)
			const kept = (await isFresh(key)) ? await storage.read(key) : undefined
			const picture = kept ?? (await fetchOnce(key, email))
			return picture.length > 0 ? picture : null
		},
		forget: (email) => storage.remove(keyOf(email)),
		async cleanUp() {
			for (const key of await storage.list('avatars')) if (!(await isFresh(key))) await storage.remove(key)
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
