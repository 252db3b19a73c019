const FORMATS = {
	rss: { type: 'application/rss+xml; charset=utf-8', path: 'feed/' },
	atom: { type: 'application/atom+xml; charset=utf-8', path: 'feed/atom/' },
	json: { type: 'application/feed+json; charset=utf-8', path: 'feed/json/' },
}

export type Format = keyof typeof FORMATS

/** Every format a feed comes in. */
export const formats = Object.keys(FORMATS) as Format[]

/** Where a page's feed is, below the page's own address. */
export function feedPath(format: Format): string {
	return FORMATS[format].path
}

/** The Content-Type of a format. */
export function typeOf(format: Format): string {
	return FORMATS[format].type
}
