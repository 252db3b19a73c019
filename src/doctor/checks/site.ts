import type { OwnAnswer } from '../../net/own.ts'
import type { Check } from '../patient.ts'

const SETTING = 'Set SITE_URL to the address that readers see, for the blog and for this command alike.'

/** Whether SITE_URL is where this blog is found. */
export const site: Check = {
	name: 'site',
	async run({ config, askSite }, found) {
		const { siteUrl, trustProxy } = config
		const { protocol, hostname } = new URL(siteUrl)
		if (protocol === 'http:' && !isHere(hostname)) {
			const advice = 'Give the blog a certificate (README, behind nginx), and set SITE_URL to the https address.'
			found.warning(siteUrl, 'is an http address: passwords and cookies travel readable', advice)
		}
		if (protocol === 'https:' && trustProxy === 0) {
			const advice = 'Set TRUST_PROXY to the number of proxies before the blog, mostly 1.'
			found.warning('TRUST_PROXY', 'is 0, yet somebody else speaks https: all readers seem to come from there', advice)
		}
		const answer = await askSite('/robots.txt')
		if (!answer) {
			found.warning(siteUrl, 'gives no answer from here', 'If the blog runs, see that SITE_URL leads to it.')
			return
		}
		const said = mismatch(answer, siteUrl)
		if (said) found.error(siteUrl, said, SETTING)
	},
}

/** Whether a name means this machine. */
export function isHere(hostname: string): boolean {
	return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(hostname)
}

function mismatch({ status, location, text }: OwnAnswer, siteUrl: string): string | undefined {
	if (location) {
		const target = URL.parse(location, siteUrl)?.origin
		return target === siteUrl ? undefined : `leads on to ${target ?? location}, so every link of the blog does too`
	}
	const named = /^Sitemap: (.*)\/sitemap\.xml$/m.exec(text)?.[1]
	if (status !== 200 || named === undefined) return `is answered by something else than this blog (status ${status})`
	return named === siteUrl ? undefined : `is answered by a blog that takes itself to be at ${named}`
}
