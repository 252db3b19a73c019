import type { Translate } from '../i18n/catalog.ts'
import type { Share } from '../views/model.ts'

interface Service {
	icon: string
	/** Keys in the catalog. */
	name: string
	label: string
	/** Its address for sharing; `url` and `title` come percent-encoded. */
	href: (url: string, title: string) => string
}

const SERVICES: Service[] = [
	{
		icon: 'telegram',
		name: 'share.telegram',
		label: 'share.toTelegram',
		href: (url, title) => `https://t.me/share/url?url=${url}&text=${title}`,
	},
	{
		icon: 'vk',
		name: 'share.vk',
		label: 'share.toVk',
		href: (url, title) => `https://vk.com/share.php?url=${url}&title=${title}`,
	},
	{
		icon: 'ok',
		name: 'share.ok',
		label: 'share.toOk',
		href: (url, title) => `https://connect.ok.ru/offer?url=${url}&title=${title}`,
	},
	{
		icon: 'x',
		name: 'share.x',
		label: 'share.toX',
		href: (url, title) => `https://x.com/intent/post?url=${url}&text=${title}`,
	},
	{
		icon: 'facebook',
		name: 'share.facebook',
		label: 'share.toFacebook',
		href: (url) => `https://www.facebook.com/sharer/sharer.php?u=${url}`,
	},
	{
		icon: 'whatsapp',
		name: 'share.whatsapp',
		label: 'share.toWhatsapp',
		href: (url, title) => `https://wa.me/?text=${title}%20${url}`,
	},
	{
		icon: 'linkedin',
		name: 'share.linkedin',
		label: 'share.toLinkedin',
		href: (url) => `https://www.linkedin.com/sharing/share-offsite/?url=${url}`,
	},
	{
		icon: 'email',
		name: 'share.email',
		label: 'share.byEmail',
		href: (url, title) => `mailto:?subject=${title}&body=${title}%0D%0A%0D%0A${url}`,
	},
]

/** The links of `nav.share`: plain ones, so that nothing of a service is loaded before a reader follows its link. */
export function shareLinks({ url, title }: { url: string; title: string }, t: Translate): Share['links'] {
	const [address, text] = [encode(url), encode(title)]
	return SERVICES.map(({ icon, name, label, href }) => ({
		name: t(name),
		label: t(label),
		icon,
		href: href(address, text),
	}))
}

function encode(text: string): string {
	// A lone surrogate would throw.
	return encodeURIComponent(text.toWellFormed())
}
