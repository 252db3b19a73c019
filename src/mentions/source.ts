import { createHash } from 'node:crypto'
import { readAddress, withoutFragment } from './source/address.ts'

/** The page that mentions: its address in one form, its host without the port, and what tells it from others. */
export interface Source {
	url: string
	host: string
	key: string
}

/** Reads the address of a page that is said to mention us; undefined when it is none. */
export function readSource(address: string): Source | undefined {
	const parsed = readAddress(address)
	return parsed && sourceAt(parsed)
}

function sourceAt(parsed: URL): Source {
	const url = withoutFragment(parsed)
	const key = createHash('sha256').update(url).digest('base64url')
	return { url, host: parsed.hostname, key }
}

/** The forms in which a page may have been noted: by http or https, with a slash at the end or without. */
export function variantsOf({ url }: Pick<Source, 'url'>): string[] {
	const other = url.startsWith('https:') ? `http:${url.slice(6)}` : `https:${url.slice(5)}`
	return [url, other].flatMap((one) => (one.endsWith('/') ? [one, one.slice(0, -1)] : [one, `${one}/`]))
}
