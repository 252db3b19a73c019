import { mediaPath } from './paths.ts'

/** Widths in pixels that pages ask for: from a small phone to a wide screen. */
const WIDTHS = [320, 640, 960, 1280, 1920]
const WIDEST = WIDTHS.at(-1)!
const NARROWEST = WIDTHS[0]!

/** A smaller version of a picture, or the picture in a format that takes fewer bytes. */
export interface Version {
	width: number
	format: 'avif' | 'webp' | 'own'
	/** Its key in the storage: `2010/11/photo-1a2b3c4d.640w.avif`. */
	path: string
}

/** The widths of a picture's versions: never wider than itself; none of what is small already. */
export function widthsFor(width: number): number[] {
	if (width <= NARROWEST) return []
	return [...WIDTHS.filter((one) => one < width), ...(width <= WIDEST ? [width] : [])]
}

/** Every version of a picture; in its own format the widest may be the picture itself, which is there already. */
export function versionsOf({ path, width }: { path: string; width: number }, widths: number[]): Version[] {
	const own = /[^.]+$/.exec(path)![0]
	return widths.flatMap((one) => [
		...(own === 'avif' ? [] : [version(path, one, 'avif', 'avif')]),
		...(own === 'webp' ? [] : [version(path, one, 'webp', 'webp')]),
		...(one === width ? [] : [version(path, one, 'own', own)]),
	])
}

function version(path: string, width: number, format: Version['format'], extension: string): Version {
	return { width, format, path: `${path.replace(/\.[^.]*$/, '')}.${width}w.${extension}` }
}

/** A picture's versions as pages name them: `<source>`s of other formats, best first, and its own `srcset`. */
export function srcsetsOf(media: { path: string; width: number }, widths: number[]) {
	const versions = versionsOf(media, widths)
	const set = (format: Version['format']) =>
		versions.filter((one) => one.format === format).map(({ path, width }) => `${mediaPath(path)} ${width}w`)
	const own = [...set('own'), ...(widths.includes(media.width) ? [`${mediaPath(media.path)} ${media.width}w`] : [])]
	const sources = (['avif', 'webp'] as const).map((format) => ({
		type: `image/${format}`,
		srcset: set(format).join(', '),
	}))
	return { sources: sources.filter(({ srcset }) => srcset !== ''), srcset: own.join(', ') }
}

/** The widths that are kept with an upload; none before they are made. */
export function readWidths(widths: string | null): number[] {
	return widths ? widths.split(',').map(Number) : []
}
