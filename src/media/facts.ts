import type { Media } from './queries.ts'

/** How large a file is, in words: «340 кБ». */
export function bytesText(bytes: number, locale: string): string {
	const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const)
	const number = bytes / size
	const digits = number < 10 ? 1 : 0
	const format = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const
	return new Intl.NumberFormat(locale, format).format(number)
}

/** What a file is, in a few words: «JPEG · 1920 × 1080 · 340 кБ». */
export function factsLine(media: Media, locale: string): string {
	return [typeName(media), sidesOf(media), bytesText(media.bytes, locale)].filter((fact) => fact !== '').join(' · ')
}

/** «JPEG», by the extension. */
export function typeName({ path }: Pick<Media, 'path'>): string {
	const extension = /[^.]+$/.exec(path)![0].toUpperCase()
	return extension === 'JPG' ? 'JPEG' : extension
}

/** «1920 × 1080»; '' of what has no sides. */
export function sidesOf({ width, height }: Pick<Media, 'width' | 'height'>): string {
	return width && height ? `${width} × ${height}` : ''
}
