import { avatarHash } from '../avatars/avatar.ts'
import { mediaPath } from '../media/paths.ts'

/** Who is pictured: `photo` is a key of the storage, or an address from which nothing has been fetched yet. */
export interface Pictured {
	name: string
	url: string
	photo: string
}

const SIDE = 48

/** The picture of who mentions a post, as HTML: their photograph as we keep it, else the first letter of their name. */
export function faceOf(secret: string, { name, url, photo }: Pictured): string {
	if (photo.startsWith('mentions/')) {
		return `<img class="avatar u-photo" src="${mediaPath(photo)}" alt="" width="22" height="22" loading="lazy">`
	}
	return initialSvg(avatarHash(secret, { name, email: URL.parse(url)?.hostname ?? '' }), name)
}

/** It says nothing to those who don't see it. */
function initialSvg(hash: string, name: string): string {
	const hue = Math.round((Number.parseInt(hash.slice(0, 4), 16) / 65_536) * 360)
	const letter = /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? '•'
	const back = `<rect width="${SIDE}" height="${SIDE}" fill="hsl(${hue} 32% 84%)"/>`
	const text = `<text x="24" y="33" text-anchor="middle" font-size="26" font-weight="600" fill="hsl(${hue} 42% 26%)">`
	return `<svg class="avatar" aria-hidden="true" viewBox="0 0 ${SIDE} ${SIDE}">${back}${text}${letter}</text></svg>`
}
