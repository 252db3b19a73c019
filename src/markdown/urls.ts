const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:', 'ftp:', 'xmpp:'])
const MEDIA_SCHEMES = new Set(['http:', 'https:'])

/** An address that may stand in a link, with characters no URL has written by %; undefined for others. */
export function linkUrl(value: string | undefined): string | undefined {
	return cleanUrl(value, LINK_SCHEMES)
}

/** The same for what a page loads by itself: pictures, video, audio. */
export function mediaUrl(value: string | undefined): string | undefined {
	return cleanUrl(value, MEDIA_SCHEMES)
}

function cleanUrl(value: string | undefined, schemes: ReadonlySet<string>): string | undefined {
	const url = value?.replace(/[\t\n\r]/g, '').replace(/^[\0- ]+|[\0- ]+$/g, '') ?? ''
	const parsed = URL.parse(url, 'http://relative.invalid/')
	if (url === '' || !parsed || !schemes.has(parsed.protocol)) return undefined
	const [, head = '', tail = ''] = /^([a-z][a-z0-9+.-]*:\/*[^/?#]*|\/\/[^/?#]*|)(.*)$/i.exec(url)!
	const [path, ...fragment] = tail.split('#')
	return encodeOdd(head) + [path!, ...(fragment.length > 0 ? [fragment.join('%23')] : [])].map(encodeInner).join('#')
}

function encodeInner(part: string): string {
	return encodeOdd(part).replaceAll('[', '%5B').replaceAll(']', '%5D')
}

function encodeOdd(part: string): string {
	return part.toWellFormed().replace(/[\0- "<>\\^`{|}\x7f-\x9f]|%(?![0-9a-f]{2})/gi, encodeURIComponent)
}
