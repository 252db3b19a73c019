import { type Decision, decide, type Reason } from '../comments/decide.ts'
import type { CommentPolicy } from '../comments/policy.ts'
import type { Standing } from '../comments/writers/rules.ts'
import { textOf } from '../markdown/text.ts'
import { parse } from '../markdown/tree.ts'
import type { Judgement } from '../spam/filter.ts'
import type { Told } from './told.ts'

/** What is known of a mention besides what its page says. */
export interface Circumstances {
	url: string
	host: string
	standing: Standing
	/** A mention by this host has been approved before. */
	isKnown: boolean
	judgement: Judgement
	asksAkismet: boolean
}

/**
 * Where a mention goes, and why: the rules and filters of comments, but that a host takes the place of the writer, and
 * one that is new always waits for the author.
 */
export function decideMention(told: Told, circumstances: Circumstances, policy: CommentPolicy): Decision {
	const { url, host, ...known } = circumstances
	const text = `${told.title}\n${textOf(parse(told.html))}`
	const candidate = { name: told.name, email: '', url, text, html: told.html, trap: '' }
	const { status, reasons } = decide({ ...candidate, ...known }, { ...policy, holdFirst: true })
	return { status, reasons: reasons.map((reason) => (reason.rule === 'first' ? newHost(host) : reason)) }
}

function newHost(host: string): Reason {
	return { rule: 'host', detail: host }
}
