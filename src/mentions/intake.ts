import { randomBytes } from 'node:crypto'
import type { Reason } from '../comments/decide.ts'
import { findParent } from '../comments/queries.ts'
import type { Comment } from '../db/schema.ts'
import { enqueue } from '../jobs/queries.ts'
import { wake } from '../jobs/wake.ts'
import type { Settings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { countWaiting, keepNotice, listKnown, type Mention } from './queries.ts'
import { isOn, siteAt } from './source/address.ts'
import { readSource, type Source, variantsOf } from './source.ts'
import { locate, type Place, takesMentions } from './target.ts'

/** What somebody tells us: this page of theirs mentions that page of ours. */
export interface Notice {
	protocol: Mention['protocol']
	source: string
	target: string
	/** Of who tells. */
	ip: string
}

/** Why a notice isn't taken, by the codes of Pingback 1.0: what depends on us alone. */
export type Refusal = 'source' | 'missing' | 'closed' | 'same' | 'known' | 'often'

/** Thrown when a notice isn't taken. */
export class Refused extends Error {
	override name = 'Refused'
	readonly refusal: Refusal
	/** Seconds after which it may be told again, when it was told too often. */
	readonly wait: number
	constructor(refusal: Refusal, wait = 0) {
		super(refusal)
		this.refusal = refusal
		this.wait = wait
	}
}

/** The kind of job that reads a source. */
export const READ = 'mention.read'

/** When so many notices wait, no more are taken for the moment. */
const MOST_WAITING = 1000
const BREATH = 60

/**
 * Takes a notice and writes the job that looks into it; gives the name of the notice. What the source says is found out
 * later, so that the answer tells nothing about other servers. Notices about one source and post are one while they wait.
 * @throws Refused
 */
export async function receive(blog: Blog, settings: Settings, notice: Notice): Promise<string> {
	const source = readSource(notice.source)
	if (!source) throw new Refused('source')
	const place = await placeOf(blog, settings, notice.target)
	if (isOn(siteAt(blog.config.siteUrl), new URL(source.url))) throw new Refused('same')
	// Who sends a webmention again tells of a change.
	if (notice.protocol !== 'webmention' && (await isKnown(blog, source, place))) throw new Refused('known')
	await checkRates(blog, notice, source, place)
	const token = await keep(blog, notice, source, place)
	wake()
	return token
}

/** The post that is mentioned. @throws Refused when nothing of the kind can be */
export async function placeOf(blog: Blog, settings: Settings, target: string): Promise<Place> {
	const place = await locate(blog, target)
	if (place === 'missing') throw new Refused('missing')
	if (typeof place === 'string' || !takesMentions(place.post, settings, blog.clock())) throw new Refused('closed')
	return place
}

async function isKnown({ db }: Blog, source: Source, { post }: Place): Promise<boolean> {
	const known = await listKnown(db, post.post_id, variantsOf(source))
	return known.some((response) => !isWithdrawn(response))
}

/** Whether a mention was taken away because its page no longer has it. */
export function isWithdrawn({ status, reasons }: Pick<Comment, 'status' | 'reasons'>): boolean {
	return status === 'trash' && (JSON.parse(reasons) as Reason[]).at(-1)?.rule === 'gone'
}

async function checkRates(blog: Blog, { ip }: Notice, { host }: Source, { post }: Place): Promise<void> {
	for (const [name, who] of [
		['mention', ip],
		['mention of', host],
		['mention under', String(post.post_id)],
	] as const) {
		const wait = await secondsToWait(blog, name, who)
		if (wait > 0) throw new Refused('often', wait)
	}
	if ((await countWaiting(blog.db, MOST_WAITING)) === MOST_WAITING) throw new Refused('often', BREATH)
}

async function keep({ db, clock }: Blog, { protocol, target, ip }: Notice, source: Source, place: Place) {
	const { post, commentId } = place
	const parent = commentId ? await findParent(db, post.post_id, commentId) : undefined
	return db.transaction().execute(async (trx) => {
		const token = await keepNotice(trx, {
			token: randomBytes(24).toString('base64url'),
			protocol,
			source: source.url,
			source_key: source.key,
			target,
			post_id: post.post_id,
			parent_id: parent?.id ?? null,
			ip,
			received_at: clock(),
		})
		await enqueue(trx, READ, { key: source.key }, { key: source.key })
		return token
	})
}
