import { decodePercent } from '../../markdown/percent.ts'
/** A redirect as it was typed. */
export interface Typed {
	from: string
	to: string
}

/** A redirect as it is stored: a decoded path, and an encoded path or an address elsewhere. */
export interface Redirect {
	path: string
	target: string
}

const LONGEST = 1000
/** Files have no slash at their end. */
const FILE = /\.\w{2,4}$/

/** Reads what was typed: a path of this site, or its whole address; undefined when it is neither. */
export function pathFrom(text: string, siteUrl: string): string | undefined {
	const url = ownUrl(text, siteUrl)
	if (!url || url.search || url.hash) return undefined
	const path = decodePercent(url.pathname.replace(/\/{2,}/g, '/'))
	if (path === undefined || path === '/' || path.includes('\0')) return undefined
	return path.endsWith('/') || FILE.test(path) ? path : `${path}/`
}

/** Where it is to lead: a path of this site, or an http address elsewhere; undefined when it is neither. */
export function targetFrom(text: string, siteUrl: string): string | undefined {
	if (text.length > LONGEST) return undefined
	const own = ownUrl(text, siteUrl)
	if (own) return own.pathname + own.search + own.hash
	const url = URL.parse(text)
	return url && /^https?:$/.test(url.protocol) && !url.username ? url.href : undefined
}

/** Whether following redirects from `target` comes back to `path`, or has no end. */
export function isLoop({ path, target }: Redirect, next: (path: string) => string | undefined): boolean {
	let at: string | undefined = target
	for (let step = 0; step < 20 && at?.startsWith('/'); step++) {
		const here = decodePercent(at.replace(/[?#].*$/, ''))
		if (here === path || `${here}/` === path) return true
		at = here === undefined ? undefined : next(here)
	}
	return at?.startsWith('/') ?? false
}

function ownUrl(text: string, siteUrl: string): URL | undefined {
	if (text.length > LONGEST || /[\s\\]/.test(text)) return undefined
	const isPath = text.startsWith('/') && !text.startsWith('//')
	const url = isPath || text.startsWith(`${siteUrl}/`) ? URL.parse(text, siteUrl) : null
	return url?.origin === new URL(siteUrl).origin ? url : undefined
}
