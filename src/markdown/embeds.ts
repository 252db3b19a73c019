/** A video of a service we know: shown as a card, nothing is loaded from there. */
export interface Video {
	service: string
	/** The page where people watch it. */
	url: string
}

const SERVICES: { service: string; hosts: RegExp; id: RegExp; page: (id: string) => string }[] = [
	{
		service: 'YouTube',
		hosts: /^(?:(?:www|m|music)\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)$/,
		id: /(?:[?&]v=|^\/(?:embed|v|shorts|live)\/|^\/)([\w-]{11})(?:[?&/].*)?$/,
		page: (id) => `https://www.youtube.com/watch?v=${id}`,
	},
	{
		service: 'Vimeo',
		hosts: /^(?:(?:www|player)\.)?vimeo\.com$/,
		id: /^\/(?:video\/)?(\d{1,12})(?:[?/].*)?$/,
		page: (id) => `https://vimeo.com/${id}`,
	},
	{
		service: 'RUTUBE',
		hosts: /^(?:(?:www|m)\.)?rutube\.ru$/,
		id: /^\/(?:video|play\/embed|shorts)\/([\w-]{1,64})\/?(?:\?.*)?$/,
		page: (id) => `https://rutube.ru/video/${id}/`,
	},
	{
		service: 'VK',
		hosts: /^(?:(?:www|m)\.)?(?:vk\.com|vk\.ru|vkvideo\.ru)$/,
		id: /(?:^\/|=|\/)((?:video|clip)-?\d{1,12}_\d{1,12})(?:[?&%/].*)?$/,
		page: (id) => `https://vkvideo.ru/${id}`,
	},
]

/** The video that an address of a watching page or of a player frame shows, or undefined. */
export function videoOf(address: string): Video | undefined {
	const url = URL.parse(address.startsWith('//') ? `https:${address}` : address)
	if (!url || !/^https?:$/.test(url.protocol)) return undefined
	const known = SERVICES.find(({ hosts }) => hosts.test(url.hostname))
	if (!known) return undefined
	const id = known.id.exec(url.pathname + url.search)?.[1] ?? vkFrame(url)
	return id ? { service: known.service, url: known.page(id) } : undefined
}

/** `video_ext.php?oid=-1&id=2`, the frame of VK's player. */
function vkFrame({ pathname, searchParams }: URL): string | undefined {
	const { oid, id } = Object.fromEntries(searchParams)
	const valid = pathname === '/video_ext.php' && /^-?\d{1,12}$/.test(oid ?? '') && /^\d{1,12}$/.test(id ?? '')
	return valid ? `video${oid}_${id}` : undefined
}

/** Whether an address is of a file that browsers play. */
export function playable(address: string): 'video' | 'audio' | undefined {
	const path = URL.parse(address, 'http://relative.invalid/')?.pathname ?? ''
	if (/\.(?:mp4|webm|m4v|ogv)$/i.test(path)) return 'video'
	return /\.(?:mp3|ogg|oga|opus|m4a|wav|flac)$/i.test(path) ? 'audio' : undefined
}
