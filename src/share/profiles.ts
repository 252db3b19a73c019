import type { Profile } from '../settings/settings.ts'
import type { Shell } from '../views/model.ts'

const ICONS: Record<string, string> = {
	't.me': 'telegram',
	'telegram.me': 'telegram',
	'vk.com': 'vk',
	'vk.ru': 'vk',
	'ok.ru': 'ok',
	'x.com': 'x',
	'twitter.com': 'twitter',
	'facebook.com': 'facebook',
	'fb.com': 'facebook',
	'wa.me': 'whatsapp',
	'whatsapp.com': 'whatsapp',
	'linkedin.com': 'linkedin',
	'mastodon.social': 'mastodon',
	'mastodon.online': 'mastodon',
	'mastodon.ml': 'mastodon',
	'youtube.com': 'youtube',
	'youtu.be': 'youtube',
	'instagram.com': 'instagram',
	'github.com': 'github',
	'bsky.app': 'bluesky',
	'threads.net': 'threads',
	'threads.com': 'threads',
	'livejournal.com': 'livejournal',
	'rutube.ru': 'rutube',
	'dzen.ru': 'dzen',
	'govloop.com': 'govloop',
	'feedburner.com': 'rss',
}

/** The blog's links to its author elsewhere, with icons; those that are no links are left out. */
export function profileLinks(profiles: Profile[]): (Shell['profiles'][number] & { rel: 'me' })[] {
	return profiles
		.filter(({ url }) => ['http:', 'https:', 'mailto:'].includes(URL.parse(url)?.protocol ?? ''))
		.map(({ label, url }) => ({ href: url, text: label, icon: profileIcon(url), rel: 'me' }))
}

/** The name of the icon for an address: its service's, or a globe. */
export function profileIcon(address: string): string {
	const url = URL.parse(address)
	if (url?.protocol === 'mailto:') return 'email'
	const host = Object.keys(ICONS).find((known) => url?.hostname === known || url?.hostname.endsWith(`.${known}`))
	if (host) return ICONS[host]!
	// Servers of Mastodon have any name, but `/@name` is theirs.
	return /^\/@[\w.-]+\/?$/.test(url?.pathname ?? '') ? 'mastodon' : 'website'
}
