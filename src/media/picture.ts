import type { Sharp } from 'sharp'
import { UploadRefused } from './refused.ts'
import { versionsOf, widthsFor } from './versions.ts'

/** Pixels of all frames together: 100 million is more than cameras make, and decodes in bounded memory. */
export const MOST_PIXELS = 100_000_000
const LONGEST_SIDE = 30_000
const FORMATS = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp' } as const

export interface Size {
	width: number
	height: number
}

let last: Promise<unknown> = Promise.resolve()

/** One picture at a time is decoded in a process: memory stays bounded however many come. */
function alone<T>(work: () => Promise<T>): Promise<T> {
	const done = last.then(work)
	last = done.catch(() => {})
	return done
}

/** The size that the head of a picture tells, as it is seen. Nothing is decoded. */
export async function measure(file: string): Promise<(Size & { isMoving: boolean }) | undefined> {
	try {
		const { autoOrient, pages = 1 } = await (await open(file)).metadata()
		return { width: autoOrient.width, height: autoOrient.height, isMoving: pages > 1 }
	} catch {
		return undefined
	}
}

/**
 * Writes a picture anew: upright, in sRGB, without where and when it was taken, and without anything that stood beside
 * the picture in the file. Frames of a moving one stay.
 * @throws UploadRefused when it has too many pixels, or isn't whole
 */
export async function writeAnew(from: string, to: string, mime: string): Promise<Size> {
	await checkSize(from)
	return alone(async () => {
		try {
			const picture = (await open(from, { animated: true })).autoOrient()
			const { width, height, pageHeight } = await formatted(picture, mime).toFile(to)
			return { width, height: pageHeight ?? height }
		} catch (error) {
			// The library has no code for what the disk says.
			if (/No space left|quota exceeded/i.test(String(error))) throw noRoom(error)
			throw new UploadRefused('broken')
		}
	})
}

function noRoom(cause: unknown): Error {
	return Object.assign(new Error('there is no room for a picture', { cause }), { code: 'ENOSPC' })
}

/**
 * Makes the smaller versions of a picture; gives the widths that were made, none of one that moves or can't be read.
 * They come one at a time, so that few are in memory.
 */
export function makeVersions(
	content: Buffer,
	picture: { path: string; width: number },
	store: (path: string, version: Buffer) => Promise<void>,
): Promise<number[]> {
	return alone(async () => {
		const { pages = 1 } = await (await open(content)).metadata()
		const widths = pages > 1 ? [] : widthsFor(picture.width)
		for (const { path, width } of versionsOf(picture, widths)) {
			const smaller = (await open(content)).autoOrient().resize({ width, withoutEnlargement: true })
			await store(path, await small(smaller, path).toBuffer())
		}
		return widths
	})
}

function small(picture: Sharp, path: string): Sharp {
	if (path.endsWith('.avif')) return picture.avif({ quality: 50, effort: 2 })
	if (path.endsWith('.webp')) return picture.webp({ quality: 75 })
	return path.endsWith('.png') ? picture.png({ palette: true }) : picture.jpeg({ quality: 78, mozjpeg: true })
}

async function checkSize(file: string): Promise<void> {
	const sharp = (await import('sharp')).default
	// The head alone: what a picture claims to be is refused before anything is decoded.
	const head = await sharp(file, { limitInputPixels: false, animated: true })
		.metadata()
		.catch(() => undefined)
	if (!head?.width || !head.height) throw new UploadRefused('broken')
	const { width, height } = head
	if (width * height > MOST_PIXELS || Math.max(width, head.pageHeight ?? height) > LONGEST_SIDE) {
		throw new UploadRefused('pixels')
	}
}

function formatted(picture: Sharp, mime: string): Sharp {
	switch (FORMATS[mime as keyof typeof FORMATS]) {
		case 'jpeg':
			return picture.jpeg({ quality: 92 })
		case 'png':
			return picture.png()
		case 'gif':
			return picture.gif()
		case 'webp':
			return picture.webp({ quality: 92 })
		default:
			return picture.avif({ quality: 75, effort: 2 })
	}
}

async function open(file: string | Buffer, options: { animated?: boolean } = {}): Promise<Sharp> {
	// Only those who upload need it.
	const sharp = (await import('sharp')).default
	// Readers come first: pictures take one core.
	sharp.concurrency(1)
	return sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error', ...options })
}
