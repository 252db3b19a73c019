import type { ResponseStatus } from '../db/schema.ts'
import { filterReason, type Judgement } from '../spam/filter.ts'
import { WAITING } from '../spam/verdict.ts'
import type { CommentPolicy } from './policy.ts'
import type { Standing } from './writers/rules.ts'

/** Why a response is where it is; `detail` names the word or the number. */
export interface Reason {
	rule:
		| ('trap' | 'disallowed' | 'moderation' | 'links' | 'first' | 'filter' | 'akismet' | 'imported' | 'author')
		// What an author has said of the writer, the address or the site.
		| ('blocked' | 'trusted')
		// Of mentions: a host that is new here; the page has taken its link away.
		| ('host' | 'gone')
	detail?: string
}

export interface Decision {
	status: ResponseStatus
	reasons: Reason[]
}

/** What the rules look at. */
export interface Candidate {
	name: string
	email: string
	url: string
	text: string
	/** The rendered text, whose links count. */
	html: string
	trap: string
	/** What authors have said of who wrote it. */
	standing: Standing
	/** This writer (name and e-mail) has been approved before. */
	isKnown: boolean
	/** What the local filter says. */
	judgement: Judgement
	/** Akismet will be asked; who isn't known waits for it. */
	asksAkismet: boolean
}

/**
 * Where a comment goes, and why: hidden field, disallowed words and a block make it spam; moderation words, links and a
 * writer who is new hold it; then the filters. Of who is trusted only words hold a comment, and what is surely spam.
 */
export function decide(candidate: Candidate, policy: CommentPolicy): Decision {
	if (candidate.trap) return { status: 'spam', reasons: [{ rule: 'trap' }] }
	const everything = [candidate.name, candidate.email, candidate.url, candidate.text].join('\n')
	const disallowed = findWord(everything, policy.disallowedWords)
	if (disallowed) return { status: 'spam', reasons: [{ rule: 'disallowed', detail: disallowed }] }
	const { trusted, blocked } = candidate.standing
	if (blocked) return { status: 'spam', reasons: [{ rule: 'blocked', detail: blocked }] }
	const held: Reason[] = []
	const moderated = findWord(everything, policy.moderationWords)
	if (moderated) held.push({ rule: 'moderation', detail: moderated })
	const { judgement } = candidate
	if (trusted) {
		if (judgement.verdict === 'spam') held.push(filterReason(judgement))
		return held.length ? { status: 'held', reasons: held } : { status: 'approved', reasons: [byTrust(trusted)] }
	}
	const links = candidate.html.split('<a ').length - 1
	if (links > policy.maxLinks) held.push({ rule: 'links', detail: String(links) })
	if (policy.holdFirst && !candidate.isKnown) held.push({ rule: 'first' })
	if (judgement.verdict !== 'ham') held.push(filterReason(judgement))
	if (judgement.verdict === 'spam') return { status: 'spam', reasons: held }
	if (held.length === 0 && candidate.asksAkismet && !candidate.isKnown) held.push(WAITING)
	return { status: held.length ? 'held' : 'approved', reasons: held }
}

function byTrust(label: string): Reason {
	return { rule: 'trusted', detail: label }
}

/** The first of the words that stands in the text as a whole word, in any case and width (NFKC), in any alphabet. */
export function findWord(text: string, words: string[]): string | undefined {
	const folded = fold(text)
	return words.find((word) => {
		const wanted = fold(word.trim())
		return wanted !== '' && wanted !== '*' && wordPattern(wanted).test(folded)
	})
}

function wordPattern(word: string): RegExp {
	const open = word.endsWith('*')
	const literal = RegExp.escape(open ? word.slice(0, -1) : word)
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}${open ? '' : '(?![\\p{L}\\p{N}])'}`, 'u')
}

function fold(text: string): string {
	return text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')
}
