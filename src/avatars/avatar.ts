import { createHmac } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { foldAddress } from '../net/address.ts'

/** Who is to be pictured. */
export interface Pictured {
	name: string
	email: string
}

const SIZE = 5
const CELL = 8
const MARGIN = 4
/** The cell in the middle of the picture. */
const MIDDLE = 8

// A thread shows the same writers again and again.
const hashes = new LRUCache<string, string>({ max: 5_000 })
const pictures = new LRUCache<string, string>({ max: 5_000 })

/** What a picture of somebody is made of: the same for one name and e-mail, and telling neither without the secret. */
export function avatarHash(secret: string, { name, email }: Pictured): string {
	const key = `${secret}\n${name}\n${email}`
	const known = hashes.get(key)
	if (known) return known
	const person = `${name.trim().normalize('NFKC').toLowerCase()}\n${foldAddress(email)}`
	const hash = createHmac('sha256', secret).update(`avatar ${person}`).digest('hex').slice(0, 12)
	hashes.set(key, hash)
	return hash
}

/**
 * The picture of a hash of 12 hexadecimal digits, to stand in a page: a pattern alike on both sides, calm on light and
 * on dark. It says nothing to those who don't see it.
 */
export function avatarSvg(hash: string): string {
	const known = pictures.get(hash)
	if (known) return known
	const picture = draw(hash)
	pictures.set(hash, picture)
	return picture
}

function draw(hash: string): string {
	const bytes = Buffer.from(hash, 'hex')
	const hue = Math.round((bytes.readUInt16BE(0) / 65_536) * 360)
	const side = SIZE * CELL + 2 * MARGIN
	const back = `<rect width="${side}" height="${side}" fill="hsl(${hue} 32% 84%)"/>`
	const cells = `<path fill="hsl(${hue} 42% 36%)" d="${patternOf(bytes.readUInt32BE(2))}"/>`
	return `<svg class="avatar" aria-hidden="true" viewBox="0 0 ${side} ${side}">${back}${cells}</svg>`
}

/** The same picture as a file of its own. */
export function avatarFile(hash: string): string {
	return avatarSvg(hash).replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
}

/** The picture of the writer of an approved response by its own address, which changes with the hash. */
export function avatarImage(id: number, hash: string): string {
	return `<img class="avatar" src="/avatars/${id}.jpg?${hash}" alt="" width="22" height="22" loading="lazy">`
}

/** Squares for the set bits of the left half and the middle, mirrored to the right; never none. */
function patternOf(bits: number): string {
	const half = Math.ceil(SIZE / 2)
	const cells = Array.from({ length: SIZE * half }, (_, at) => ({ x: at % half, y: Math.floor(at / half), at }))
	const filled = cells.filter(({ at }) => (bits >> at) & 1 || at === MIDDLE)
	const places = filled.flatMap(({ x, y }) => [...new Set([x, SIZE - 1 - x])].map((x) => ({ x, y })))
	return places.map(({ x, y }) => `M${MARGIN + x * CELL} ${MARGIN + y * CELL}h${CELL}v${CELL}h-${CELL}z`).join('')
}
