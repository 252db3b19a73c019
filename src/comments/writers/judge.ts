import { audit } from '../../authors/audit-queries.ts'
import type { Comment, Trx } from '../../db/schema.ts'
import { wake } from '../../jobs/wake.ts'
import type { Blog } from '../../web/context.ts'
import type { Reason } from '../decide.ts'
import { lockResponses } from '../lock.ts'
import { moderateIn } from '../moderate.ts'
import { readComments } from '../queries.ts'
import { keepUndo } from '../undo.ts'
import { listWaiting, putRule } from './queries.ts'
import { addressClue, type Clue, emailClue, hostClue, type Rule, type RuleKind } from './rules.ts'

/** What an author says of whoever is behind a response. */
export interface Verdict {
	verdict: Rule['verdict']
	kind: RuleKind
}

/** Responses that wait and are looked through for others of the same, and how many of them follow at once. */
const LOOKED = 1000
const MOST = 100

type Known = Pick<Comment, 'kind' | 'email' | 'url' | 'ip'>

/** What somebody behind a response is known by; undefined when the response doesn't tell. */
export function clueOf(
	secret: string,
	{ email, url, ip }: Pick<Known, 'email' | 'url' | 'ip'>,
	kind: RuleKind,
): Clue | undefined {
	if (kind === 'email') return emailClue(secret, email)
	if (kind === 'host') return url ? hostClue(url) : undefined
	return addressClue(secret, ip)
}

/**
 * Trusts or blocks whoever is behind a response from now on: it is approved or goes to spam, and with it what waits of
 * the same; of who is trusted not what waits for a word. Undefined when there is nobody to speak of.
 */
export async function judgeWriter(
	blog: Blog,
	id: number,
	{ verdict, kind }: Verdict,
	authorId: number,
): Promise<{ undo?: string } | undefined> {
	const judged = await blog.db.transaction().execute(async (trx) => {
		const [response] = await readComments(trx, [id])
		const clue = response && clueOf(blog.secret, response, kind)
		if (!clue) return undefined
		const status = verdict === 'trust' ? 'approved' : 'spam'
		const others = await listOthers(trx, blog.secret, clue, verdict)
		const found = await lockResponses(trx, [id, ...others])
		// What somebody has decided meanwhile stands.
		const followers = found.filter((one) => one.id === id || one.status === 'held')
		const now = blog.clock()
		const before = await putRule(trx, clue, verdict, { authorId, now })
		const responses = await moderateIn(trx, blog, followers, status, authorId)
		const isNew = before?.verdict !== verdict
		const action = verdict === 'trust' ? 'writer-trusted' : 'writer-blocked'
		if (isNew) await audit(trx, { authorId, action, name: clue.label, subject: 'responses/writers/', now })
		const rule = isNew ? { said: { ...clue, verdict }, before } : undefined
		return { undo: await keepUndo(trx, { responses, rule }, { authorId, action: verdict, now }) }
	})
	wake()
	return judged
}

async function listOthers(trx: Trx, secret: string, clue: Clue, verdict: Rule['verdict']): Promise<number[]> {
	const waiting = await listWaiting(trx, LOOKED)
	const same = waiting.filter((one) => clueOf(secret, one, clue.kind)?.value === clue.value)
	return same
		.filter((one) => verdict === 'block' || (isSpoken(one, clue) && !waitsForWord(one)))
		.slice(0, MOST)
		.map(({ id }) => id)
}

/** A site is trusted where it speaks for itself. */
function isSpoken({ kind }: Pick<Known, 'kind'>, clue: Clue): boolean {
	return clue.kind !== 'host' || kind !== 'comment'
}

function waitsForWord({ reasons }: Pick<Comment, 'reasons'>): boolean {
	return (JSON.parse(reasons) as Reason[]).some(({ rule }) => rule === 'moderation')
}
