export type MediaKind = 'picture' | 'audio' | 'video' | 'document'

/** The types that authors may upload, and the extensions they are kept under; no signature tells an SVG. */
const EXTENSIONS: Record<string, string> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/gif': 'gif',
	'image/webp': 'webp',
	'image/avif': 'avif',
	'image/svg+xml': 'svg',
	'audio/mpeg': 'mp3',
	'audio/ogg': 'ogg',
	'audio/opus': 'opus',
	'audio/flac': 'flac',
	'audio/wav': 'wav',
	'audio/aac': 'aac',
	'audio/x-m4a': 'm4a',
	'video/mp4': 'mp4',
	'video/x-m4v': 'm4v',
	'video/webm': 'webm',
	'video/ogg': 'ogv',
	'video/quicktime': 'mov',
	'application/pdf': 'pdf',
}

/** What `sharp` reads and writes. */
const RASTER = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'])

/** The extension of a type that may be uploaded; undefined for others. */
export function extensionOf(mime: string): string | undefined {
	return Object.hasOwn(EXTENSIONS, mime) ? EXTENSIONS[mime] : undefined
}

/** Whether a type is a picture made of pixels. */
export function isRaster(mime: string): boolean {
	return RASTER.has(mime)
}

/** What an author calls a type. */
export function kindOf(mime: string): MediaKind {
	const [family] = mime.split('/')
	if (family === 'image') return 'picture'
	return family === 'audio' || family === 'video' ? family : 'document'
}

/** For the form: what a browser offers to choose. */
export const ACCEPT = Object.keys(EXTENSIONS).join(',')
