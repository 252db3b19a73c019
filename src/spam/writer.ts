import { fold, readWords } from '../search/words.ts'
import { isGivenName } from './names.ts'

/** Mail that anyone has; other hosts tell who is behind them. */
const COMMON_MAIL =
	/^(gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|aol|icloud|me|mac|protonmail|proton|gmx|fastmail|mail|yandex|ya|rambler|bk|list|inbox|ukr|i|tut)\.[a-z.]+$/

/** What a name looks like: a person's, a nickname, an address, two words that may be a name, or a phrase. */
export type NameShape = 'person' | 'nick' | 'address' | 'pair' | 'phrase'

/** Tells a person's name from what shops call themselves. */
export function nameShape(name: string): NameShape {
	if (/[\p{L}\d]\.(com|ru|net|org|info|biz|рф|su|shop|store|xyz|online|site|top|club)\b|https?:|www\./iu.test(name)) {
		return 'address'
	}
	const words = [...readWords(name)].map(({ form }) => form)
	if (words.length <= 4 && words.some((word, index) => isGivenName(word) || (index > 0 && isPatronymic(word)))) {
		return 'person'
	}
	if (words.length <= 1 || /^[\p{L}\p{N}_]+$/u.test(name)) return 'nick'
	const isCapital = words.length === 2 && /^\p{Lu}\S*\s+\p{Lu}/u.test(name.trim())
	return isCapital || /^\p{Lu}\.\s?(\p{Lu}\.\s?)?\p{Lu}/u.test(name.trim()) ? 'pair' : 'phrase'
}

function isPatronymic(word: string): boolean {
	return /.{3}(ович|евич|овна|евна|ична)$/.test(word)
}

/** Where a writer's site leads: nowhere, to a front page or a profile, or deep into a shop. */
export function siteTokens(address: string): string[] {
	const url = address ? URL.parse(address) : null
	if (!url) return ['site:none']
	const host = hostOf(url)
	const isDeep = url.pathname.split('/').filter(Boolean).length > 1 || url.search !== '' || url.pathname.length > 20
	return ['site:some', isDeep ? 'site:deep' : 'site:front', ...hostTokens(host)]
}

/** A host as a whole, its last label and the words its name is made of. */
export function hostTokens(host: string): string[] {
	const labels = host.split('.')
	const words = labels
		.slice(0, -1)
		.flatMap((label) => label.split(/[-_\d]+/))
		.filter((word) => word.length > 2)
	const dashes = labels.some((label) => label.split('-').length > 2) ? ['host:dashes'] : []
	return [`host:${host}`, `tld:${labels.at(-1)}`, ...dashes, ...words.map((word) => `hostword:${word.slice(0, 30)}`)]
}

/** A host without `www.`. */
export function hostOf(url: URL): string {
	return url.hostname.replace(/^www\./, '').slice(0, 100)
}

/** What an e-mail address says beside whose it is. */
export function mailTokens(email: string, name: string, address: string): string[] {
	const [local, host] = email.toLowerCase().split('@')
	if (!local || !host) return []
	const url = address ? URL.parse(address) : null
	const isOwn = url && hostOf(url) === host
	const tokens = [COMMON_MAIL.test(host) ? 'mail:common' : isOwn ? 'mail:site' : 'mail:other', `mailhost:${host}`]
	if (/\d{3,}/.test(local)) tokens.push('mail:digits')
	if ([...readWords(name)].some(({ form }) => form.length > 2 && fold(local).includes(form))) tokens.push('mail:name')
	return tokens
}

/** Whether the site is called as its owner: a person's own page, or a shop. */
export function isNamesake(name: string, address: string): boolean {
	const url = address ? URL.parse(address) : null
	return url !== null && [...readWords(name)].some(({ form }) => form.length > 3 && hostOf(url).includes(form))
}
