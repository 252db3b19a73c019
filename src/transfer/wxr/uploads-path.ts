import { decodePercent } from '../../markdown/percent.ts'
import type { WxrItem } from './types.ts'

/** Where an attachment's file was: the address of the uploads folder, and the path in it. */
export interface UploadPlace {
	base: string
	path: string
}

/** Finds the file of an attachment in the uploads folder: by its meta, by `/wp-content/uploads/`, by `YYYY/MM/name`. */
export function uploadPlace(item: WxrItem): UploadPlace | undefined {
	const address = (item.attachmentUrl || item.guid).split(/[?#]/)[0]!
	const attached = item.meta.find(({ key }) => key === '_wp_attached_file')?.value.trim()
	for (const path of [attached, decode(/\/wp-content\/uploads\/(.+)$/.exec(address)?.[1]), monthPath(address)]) {
		if (!path) continue
		const at = decode(address)!.lastIndexOf(`/${path}`)
		if (at !== -1) return { base: address.slice(0, baseLength(address, path)), path }
		if (path === attached) return { base: '', path }
	}
}

function monthPath(address: string): string | undefined {
	return decode(/\/(\d{4}\/\d{2}\/[^/]+)$/.exec(address)?.[1])
}

/** The length of what comes before the path, whose characters may be percent-encoded. */
function baseLength(address: string, path: string): number {
	const parts = path.split('/').length
	let at = address.length
	for (let part = 0; part < parts; part++) at = address.lastIndexOf('/', at - 1)
	return at + 1
}

function decode(text: string | undefined): string | undefined {
	return text === undefined ? undefined : (decodePercent(text) ?? text)
}
