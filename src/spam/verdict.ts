import type { Reason } from '../comments/decide.ts'
import type { Comment, ResponseStatus } from '../db/schema.ts'

/** What came of asking Akismet; none when it isn't asked after all. */
export type Verdict = 'spam' | 'ham' | 'none'

/** The reason of a comment that only waits for what Akismet says. */
export const WAITING: Reason = { rule: 'akismet', detail: 'waiting' }

type Standing = Pick<Comment, 'status' | 'reasons'>

/** Whether an author has said where this belongs: filters don't touch it any more. */
export function isDecided({ reasons }: Pick<Comment, 'reasons'>): boolean {
	return reasonsOf(reasons).some(({ rule }) => rule === 'author')
}

/**
 * Where a response goes by Akismet's verdict, noted among its reasons: spam goes to spam; what waited for nothing but
 * this comes out; all else stays.
 */
export function settled(comment: Standing, verdict: Verdict): Standing {
	const reasons = reasonsOf(comment.reasons)
	const others = reasons.filter((reason) => reason.rule !== 'akismet')
	const waited = reasons.some(({ rule, detail }) => rule === WAITING.rule && detail === WAITING.detail)
	const isFree = verdict === 'ham' && comment.status === 'held' && waited && others.length === 0
	const isCaught = verdict === 'spam' && (comment.status === 'approved' || comment.status === 'held')
	// Of who is trusted nothing is put where nobody looks.
	const caught = others.some(({ rule }) => rule === 'trusted') ? 'held' : 'spam'
	return {
		status: isCaught ? caught : isFree ? 'approved' : comment.status,
		reasons: JSON.stringify([...others, { rule: 'akismet', detail: verdict } satisfies Reason]),
	}
}

/** What Akismet is to be told when an author puts a response into a state: nothing when it knows. */
export function correction(reasons: string, status: ResponseStatus): 'spam' | 'ham' | undefined {
	const wanted = status === 'spam' ? 'spam' : status === 'approved' ? 'ham' : undefined
	const known = reasonsOf(reasons)
		.map(saidBy)
		.findLast((said) => said !== undefined)
	// What nobody called spam is taken for ham.
	return wanted === (known ?? 'ham') ? undefined : wanted
}

function saidBy({ rule, detail = '' }: Reason): 'spam' | 'ham' | undefined {
	if (rule === 'akismet') return detail === 'spam' || detail === 'ham' ? detail : undefined
	if (rule !== 'author') return undefined
	if (detail.startsWith('spam')) return 'spam'
	return detail.startsWith('approved') ? 'ham' : undefined
}

function reasonsOf(json: string): Reason[] {
	return JSON.parse(json) as Reason[]
}
