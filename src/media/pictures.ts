import type { Db } from '../db/schema.ts'
import { decodePercent } from '../markdown/percent.ts'
import type { FindPicture } from '../markdown/render.ts'
import { listPictures } from './queries.ts'
import { readWidths, srcsetsOf } from './versions.ts'

const MOST = 500

/** Looks up the pictures that a text in a language shows: their sizes, smaller versions and what they show. */
export async function picturesOf(db: Db, source: string, locale: string): Promise<FindPicture> {
	const paths = [...source.matchAll(/\/media\/([^\s"'()<>]+)/g)].map(([, path]) => decodePercent(path!) ?? path!)
	const rows = await listPictures(db, [...new Set(paths)].slice(0, MOST), locale)
	const pictures = new Map(
		rows.map(({ path, width, height, widths, alt }) => [
			path,
			{ width, height, alt: alt ?? undefined, ...srcsetsOf({ path, width }, readWidths(widths)) },
		]),
	)
	return (src) => {
		const path = src.replace(/^.*?\/media\//, '')
		return pictures.get(decodePercent(path) ?? path)
	}
}
