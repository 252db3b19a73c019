import type { Db } from '../db/schema.ts'
import type { ImageSize } from '../markdown/render.ts'
import { listImageSizes } from './queries.ts'

/** Looks up the sizes of the uploads that a text shows, so that pages don't jump while pictures load. */
export async function imageSizesOf(db: Db, source: string): Promise<ImageSize> {
	const paths = [...source.matchAll(/\/media\/([^\s"'()<>]+)/g)].map(([, path]) => decoded(path!))
	const rows = await listImageSizes(db, [...new Set(paths)].slice(0, 500))
	const sizes = new Map(rows.map(({ path, width, height }) => [path, { width: width!, height: height! }]))
	return (src) => sizes.get(decoded(src.replace(/^.*?\/media\//, '')))
}

/** Texts name uploads encoded or as they are. */
function decoded(path: string): string {
	try {
		return decodeURIComponent(path)
	} catch {
		return path
	}
}
