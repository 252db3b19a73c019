import type { Time, Trx } from '../../db/schema.ts'
import { Retry } from '../../jobs/job.ts'
import { enqueue } from '../../jobs/queries.ts'
import { wake } from '../../jobs/wake.ts'
import { permalink } from '../../posts/permalink.ts'
import { isVisible } from '../../posts/post.ts'
import { loadSettings } from '../../settings/settings.ts'
import type { LinksPayload } from './enqueue.ts'
import { enqueueHubs } from './hubs.ts'
import type { Out } from './out.ts'
import { planOf, type Said } from './plan.ts'
import { findSaid, keepPlan, listKnown } from './queries.ts'
import { targetsOf } from './targets.ts'

type Found = NonNullable<Awaited<ReturnType<typeof findSaid>>>

/** Settles who is to be told of a translation as it is now, and lets them be told. */
export async function collect(out: Out, { translation }: LinksPayload): Promise<void> {
	const now = out.clock()
	const { mentions, hubs } = await loadSettings(out.db, out.catalog)
	await out.db.transaction().execute(async (trx) => {
		const found = await findSaid(trx, translation)
		if (found && isLater(found, now)) throw new Retry(found.published_at! - now, 'it appears later')
		const isPublic = found !== undefined && isSaid(out, found, now)
		const isNews = mentions.send && (await tell(trx, out, translation, isPublic ? found : undefined, now))
		if (isNews) await enqueueSending(trx)
		if (isPublic) await enqueueHubs(trx, hubs, found.locale)
	})
	wake()
}

/** Writes the job that sends what is due. */
export async function enqueueSending(trx: Trx): Promise<void> {
	await enqueue(trx, 'send-mentions', null, { key: 'all' })
}

function isLater({ status, published_at }: Found, now: Time): boolean {
	return status === 'published' && published_at !== null && published_at > now
}

function isSaid({ config }: Out, found: Found, now: Time): boolean {
	return isVisible(found, now) && found.password === null && config.languages.includes(found.locale)
}

/** Keeps what is to be told; tells whether it is anything. */
async function tell(
	trx: Trx,
	{ config }: Out,
	translationId: number,
	found: Found | undefined,
	now: Time,
): Promise<boolean> {
	const known = await listKnown(trx, translationId)
	const said = found ? saidOf(found, config.siteUrl) : silenceAfter(known)
	const plan = planOf(known, said)
	const postId = found?.post_id ?? known[0]?.post_id ?? 0
	await keepPlan(trx, { postId, translationId }, said, plan, now)
	return plan.fresh.length + plan.again.length + plan.gone.length > 0
}

function saidOf(found: Found, siteUrl: string): Said {
	const source = siteUrl + permalink(found)
	return { revision: found.revision, source, targets: targetsOf(found.html, source) }
}

function silenceAfter(known: { revision: number }[]): Said {
	return { revision: Math.max(0, ...known.map(({ revision }) => revision)), source: '', targets: [] }
}
