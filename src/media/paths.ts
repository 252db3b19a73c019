/** The path of an upload by its place in the storage, percent-encoded: `/media/2010/11/photo-1a2b3c4d.jpg`. */
export function mediaPath(path: string): string {
	return `/media/${path.split('/').map(encodeURIComponent).join('/')}`
}
