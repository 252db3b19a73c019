import type { Middleware } from 'koa'
import type { Inline } from '../views/inline.ts'
import type { Context } from './context.ts'

/** Features that no page of a blog needs; what players of embedded films ask for isn't among them. */
const FORBIDDEN =
	'accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment serial usb'

/** Of every answer. */
const EVERYWHERE: Record<string, string> = {
	'X-Content-Type-Options': 'nosniff',
	// Origins see whence a reader comes, not what they read; not "no-referrer", which hides the origin of our own forms.
	'Referrer-Policy': 'strict-origin-when-cross-origin',
	'Permissions-Policy': FORBIDDEN.replaceAll(' ', '=(), ').concat('=()'),
	'Cross-Origin-Opener-Policy': 'same-origin',
	// Of what isn't a theme's page: nothing runs, and a bare page finds its stylesheet.
	'Content-Security-Policy':
		"default-src 'none'; object-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
}

const YEAR = 365 * 24 * 60 * 60
/** Feeds, uploads and the like are there for other sites too. */
const SHARED = /^\/(?:media|avatars|assets)\/|\/feed\/(?:atom\/|json\/)?$|^\/[\w-]+\.(?:xml|txt|ico)$/

/** Gives every answer the headers that keep browsers from what nobody asked for. */
export const secureHeaders: Middleware = (context, next) => {
	const ctx = context as unknown as Context
	ctx.set(headersFor(ctx.blog.config))
	ctx.set('Cross-Origin-Resource-Policy', SHARED.test(ctx.path) ? 'cross-origin' : 'same-origin')
	return next()
}

/** What every answer carries, whoever asks and whatever becomes of it. */
export function headersFor({ siteUrl }: { siteUrl: string }): Record<string, string> {
	return siteUrl.startsWith('https:') ? SECURE : EVERYWHERE
}

/** Of this host alone: what else there is under its name isn't ours to decide. */
const SECURE = { ...EVERYWHERE, 'Strict-Transport-Security': `max-age=${YEAR}` }

/**
 * What a page in a theme may load: scripts and styles of its own, pictures and players that authors have put into
 * posts from anywhere. `forms` says where forms may go.
 */
export function pagePolicy({ scripts, styles }: Inline, forms: "'self'" | "'none'" = "'self'"): string {
	return [
		`default-src 'none'; object-src 'none'; script-src ${["'self'", ...scripts].join(' ')}; style-src ${["'self'", ...styles].join(' ')}`,
		"font-src 'self'; img-src 'self' data: https: http:; media-src 'self' https: http:; frame-src https:",
		`connect-src 'self'; manifest-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'self'`,
	].join('; ')
}
