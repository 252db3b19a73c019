/** Where a blog is: an address of it has this name and port, whatever its scheme. */
export interface Site {
	hostname: string
	port: string
}

/** Longer addresses are none that people link to. */
export const LONGEST = 2048

/** Reads an absolute http(s) address without user and password, its fragment left out of it; else undefined. */
export function readAddress(text: string, base?: string): URL | undefined {
	if (text.length > LONGEST) return undefined
	const url = URL.parse(text.trim(), base)
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.href.length > LONGEST) {
		return undefined
	}
	return url
}

/** The site at an address. */
export function siteAt(siteUrl: string): Site {
	const { hostname, port } = new URL(siteUrl)
	return { hostname, port }
}

/** Whether an address is one of the site's: by http or https, in any case, punycode or not, with a default port or none. */
export function isOn({ hostname, port }: Site, url: URL): boolean {
	return url.hostname.replace(/\.$/, '') === hostname && url.port === port
}

/** An address without its fragment. */
export function withoutFragment(url: URL): string {
	return url.href.replace(/#.*$/s, '')
}
