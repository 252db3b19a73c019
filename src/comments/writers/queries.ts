import type { Db, Time, Trx, WriterRulesTable } from '../../db/schema.ts'
import type { Clue, Rule, RuleKind } from './rules.ts'

const SHOWN = ['kind', 'value', 'verdict', 'label'] as const

/** The rules about any of these, each kind by its values. */
export async function findRules(db: Db, values: Partial<Record<RuleKind, string[]>>): Promise<Rule[]> {
	const asked = Object.entries(values).filter(([, some]) => some.length > 0) as [RuleKind, string[]][]
	if (asked.length === 0) return []
	return db
		.selectFrom('writer_rules')
		.select(SHOWN)
		.where((eb) => eb.or(asked.map(([kind, some]) => eb.and([eb('kind', '=', kind), eb('value', 'in', some)]))))
		.orderBy('id')
		.execute()
}

/** Everyone who is trusted, or blocked; the newest first. */
export async function listRules(db: Db, verdict: WriterRulesTable['verdict'], limit: number) {
	return db
		.selectFrom('writer_rules')
		.select(['id', 'kind', 'label', 'author_id', 'created_at'])
		.where('verdict', '=', verdict)
		.orderBy('id', 'desc')
		.limit(limit)
		.execute()
}

/** Says something of somebody, in place of what was said; gives that. */
export async function putRule(
	trx: Trx,
	{ kind, value, label }: Clue,
	verdict: WriterRulesTable['verdict'],
	{ authorId, now }: { authorId: number; now: Time },
): Promise<Rule | undefined> {
	const [before] = await findRules(trx, { [kind]: [value] })
	const said = { verdict, label, author_id: authorId, created_at: now }
	await trx
		.insertInto('writer_rules')
		.values({ kind, value, ...said })
		.onConflict((c) => c.columns(['kind', 'value']).doUpdateSet(said))
		.execute()
	return before
}

/** Takes a rule away by what it is about. */
export async function dropRule(trx: Trx, { kind, value }: Pick<Rule, 'kind' | 'value'>): Promise<void> {
	await trx.deleteFrom('writer_rules').where('kind', '=', kind).where('value', '=', value).execute()
}

/** Takes a rule away by its number, and gives it; undefined when it is gone. */
export async function deleteRule(trx: Trx, id: number) {
	return trx.deleteFrom('writer_rules').where('id', '=', id).returning(SHOWN).executeTakeFirst()
}

/** What has been said of somebody, and since when. */
export async function findSaid(db: Db, { kind, value }: Pick<Rule, 'kind' | 'value'>) {
	const rules = db.selectFrom('writer_rules').select(['verdict', 'created_at as since'])
	return rules.where('kind', '=', kind).where('value', '=', value).executeTakeFirst()
}

/** Leaves of what has been said of somebody no more than a block, and what it is known by. */
export async function blurRule(trx: Trx, { kind, value }: Pick<Rule, 'kind' | 'value'>): Promise<void> {
	const rules = { kind, value, verdict: 'trust' as const }
	await trx
		.deleteFrom('writer_rules')
		.where((eb) => eb.and(rules))
		.execute()
	await trx
		.updateTable('writer_rules')
		.set({ label: '…' })
		.where('kind', '=', kind)
		.where('value', '=', value)
		.execute()
}

/** The newest responses that wait, with what their writers are known by. */
export async function listWaiting(trx: Trx, limit: number) {
	return trx
		.selectFrom('comments')
		.select(['id', 'kind', 'email', 'url', 'ip', 'reasons'])
		.where('status', '=', 'held')
		.orderBy('id', 'desc')
		.limit(limit)
		.execute()
}
