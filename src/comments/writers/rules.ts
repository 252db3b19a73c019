import { createHmac } from 'node:crypto'
import { domainToUnicode } from 'node:url'
import type { WriterRulesTable } from '../../db/schema.ts'
import { foldAddress } from '../../net/address.ts'
import { addressKey } from '../../web/rate/address.ts'

/** By what somebody is known again. */
export type RuleKind = WriterRulesTable['kind']

/** Somebody as rules name them: what is compared, and what of it may be shown. */
export interface Clue {
	kind: RuleKind
	value: string
	label: string
}

/** What an author has said of somebody. */
export type Rule = Pick<WriterRulesTable, 'kind' | 'value' | 'verdict' | 'label'>

/** How somebody stands here; each names the rule that says so. */
export interface Standing {
	trusted?: string
	blocked?: string
}

const MOST_LABELS = 10

/** A writer by e-mail, in any case: a hash, and `a…@mail.example` to show. */
export function emailClue(secret: string, email: string): Clue | undefined {
	const folded = foldAddress(email)
	const [local = '', host] = folded.split('@')
	if (!host) return undefined
	return { kind: 'email', value: hash(secret, `email ${folded}`), label: `${[...local][0] ?? ''}…@${host}` }
}

/** An address, IPv6 by its household of /64: a hash, and `203.0.113.…` to show. */
export function addressClue(secret: string, ip: string): Clue | undefined {
	const key = addressKey(ip)
	if (key === 'unknown') return undefined
	const label = key.includes(':') ? key.split(':').slice(0, 3).join(':') : key.split('.').slice(0, 3).join('.')
	return { kind: 'address', value: hash(secret, `address ${key}`), label: `${label}${key.includes(':') ? ':' : '.'}…` }
}

/** A site by its host, without `www.`; of an address or a bare host. */
export function hostClue(address: string): Clue | undefined {
	const url = URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`)
	const host = url && !url.username ? withoutWww(url.hostname) : ''
	if (!host.includes('.') || /\s/.test(address)) return undefined
	return { kind: 'host', value: host, label: domainToUnicode(host) || host }
}

/** The values of a host and of those it belongs to: `a.b.example` is also of `b.example`. */
export function hostValues(address: string): string[] {
	const labels = hostClue(address)?.value.split('.').slice(-MOST_LABELS) ?? []
	return labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'))
}

/** What rules say of somebody with these clues; a site earns trust only where it speaks for itself. */
export function standingBy(rules: Rule[], { trusts }: { trusts: RuleKind }): Standing {
	const blocked = rules.find(({ verdict }) => verdict === 'block')
	const trusted = rules.find(({ verdict, kind }) => verdict === 'trust' && kind === trusts)
	return { ...(blocked && { blocked: blocked.label }), ...(trusted && !blocked && { trusted: trusted.label }) }
}

function withoutWww(host: string): string {
	return host
		.toLowerCase()
		.replace(/^www\./, '')
		.replace(/\.$/, '')
}

function hash(secret: string, text: string): string {
	return createHmac('sha256', secret).update(`writer ${text}`).digest('base64url')
}
