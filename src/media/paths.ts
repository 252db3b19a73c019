import { kindOf } from './kinds.ts'

/** The path of an upload by its place in the storage, percent-encoded: `/media/2010/11/photo-1a2b3c4d.jpg`. */
export function mediaPath(path: string): string {
	return `/media/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** What shows an upload in a text, as people can read it: a picture or a player, or a link to what isn't shown. */
export function mediaMarkdown({ path, name, mime }: { path: string; name: string; mime: string }, alt = ''): string {
	const isShown = kindOf(mime) !== 'document'
	const words = alt || (kindOf(mime) === 'picture' ? '' : name)
	return `${isShown ? '!' : ''}[${words.replace(/[[\]\\]/g, '\\$&').replace(/\s+/g, ' ')}](/media/${path})`
}
