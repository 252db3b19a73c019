import type { Decision, Reason } from '../comments/decide.ts'
import { findParent } from '../comments/queries.ts'
import { bumpListings, insertPlaced, isWordless, lockConversation } from '../comments/thread-queries.ts'
import { standingOf } from '../comments/writers/standing.ts'
import type { Comment, Trx } from '../db/schema.ts'
import { wake } from '../jobs/wake.ts'
import { enqueueNotices } from '../notices/enqueue.ts'
import type { Settings } from '../settings/settings.ts'
import { isAskable, startCheck } from '../spam/checks.ts'
import { judge } from '../spam/filter.ts'
import { isDecided } from '../spam/verdict.ts'
import type { Blog } from '../web/context.ts'
import { decideMention } from './decide.ts'
import { isWithdrawn } from './intake.ts'
import { wantPhoto } from './photo.ts'
import { endMention, isKnownHost, listKnown, type Mention, updateResponse } from './queries.ts'
import { readSource, variantsOf } from './source.ts'
import type { Told } from './told.ts'

type Room = Pick<Blog, 'db' | 'config' | 'clock' | 'secret'>

/** Makes a response of a mention, or brings the one there is up to date, and ends its notice. */
export async function storeMention(room: Room, settings: Settings, mention: Mention, told: Told): Promise<void> {
	const { db, clock } = room
	const decision = await decisionOn(room, settings, mention, told)
	await db.transaction().execute(async (trx) => {
		await lockConversation(trx, mention.post_id)
		const known = await knownResponse(trx, mention)
		const [id, outcome] = known
			? [known.id, await bringUpToDate(trx, room, { known, mention, told, decision })]
			: [(await insertResponse(trx, room, { mention, told, decision })).id, 'stored' as const]
		await endMention(trx, mention, { outcome, detail: '', checked_at: clock(), comment_id: id })
	})
	wake()
}

/** Takes away the response of a mention that isn't there any more, if there is one, and ends its notice. */
export async function withdrawMention(
	{ db, clock }: Room,
	mention: Mention,
	outcome: { outcome: 'missing' | 'unlinked'; detail: string; keeps?: boolean },
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await lockConversation(trx, mention.post_id)
		const known = outcome.keeps ? undefined : await knownResponse(trx, mention)
		const isShown = known && ['approved', 'held'].includes(known.status)
		if (isShown) {
			const reasons: Reason[] = [...JSON.parse(known.reasons), { rule: 'gone' }]
			await updateResponse(trx, known.id, { status: 'trash', reasons: JSON.stringify(reasons) })
			await bumpListings(trx, [known.post_id])
		}
		const told = isShown || (known && isWithdrawn(known)) ? ('removed' as const) : outcome.outcome
		await endMention(trx, mention, { outcome: told, detail: outcome.detail, checked_at: clock() })
	})
}

async function decisionOn(
	{ db, config, secret }: Room,
	settings: Settings,
	mention: Mention,
	told: Told,
): Promise<Decision> {
	const { source: url, post_id, protocol: kind, ip } = mention
	const { host } = readSource(url)!
	const { title, name, html, locale } = told
	const judged = { post_id, parent_id: null, kind, name: title || name, email: '', url, html, locale }
	const isKnown = await isKnownHost(db, host)
	const standing = await standingOf(db, secret, { kind, email: '', url, ip, html })
	const judgement = await judge(db, judged)
	const asksAkismet = isAskable(config, { ip })
	return decideMention(told, { url, host, standing, isKnown, judgement, asksAkismet }, settings.comments)
}

async function knownResponse(trx: Trx, { post_id, source }: Mention): Promise<Comment | undefined> {
	const known = await listKnown(trx, post_id, variantsOf({ url: source }))
	return known.find(({ status }) => status !== 'trash') ?? known.at(-1)
}

interface Change {
	mention: Mention
	told: Told
	decision: Decision
}

async function insertResponse(trx: Trx, { config }: Room, { mention, told, decision }: Change): Promise<Comment> {
	const { post_id, parent_id, protocol, source, ip } = mention
	const parent = parent_id ? await findParent(trx, post_id, parent_id) : undefined
	const row = { ...told, post_id, kind: protocol, status: decision.status, reasons: JSON.stringify(decision.reasons) }
	const own = { url: source, ip, format: 'html', source: told.html, author_id: null } as const
	const stored = await insertPlaced(trx, { ...row, ...own }, isWordless(told) ? undefined : parent)
	await follow(trx, config, stored)
	return stored
}

/** What has become of the text says where it goes now, but for what an author has put away. */
async function bringUpToDate(
	trx: Trx,
	{ config }: Room,
	change: Change & { known: Comment },
): Promise<'kept' | 'updated'> {
	const { known, mention, told, decision } = change
	if (known.status === 'trash' && !isWithdrawn(known)) return 'kept'
	const { created_at: _, ...text } = told
	const isSame = known.html === told.html && known.name === told.name && known.title === told.title
	const stays = isSame && !isWithdrawn(known)
	const isPutAway = isDecided(known) && known.status !== 'approved' && !isWithdrawn(known)
	const moved = stays || isPutAway ? {} : { status: decision.status, reasons: reasonsAfter(known, decision) }
	// A picture that has been fetched is fetched again when it is another one.
	const photo = told.photo === known.photo || (isSame && known.photo.startsWith('mentions/')) ? known.photo : told.photo
	const kind = mention.protocol === 'webmention' ? 'webmention' : known.kind
	const changed = { ...known, ...text, ...moved, photo, kind, source: told.html }
	await updateResponse(trx, known.id, changed)
	await bumpListings(trx, [known.post_id])
	if (!stays) await follow(trx, config, changed)
	return 'updated'
}

/** What authors have said of it before stays to be read. */
function reasonsAfter({ reasons }: Comment, decision: Decision): string {
	const authors = (JSON.parse(reasons) as Reason[]).filter(({ rule }) => rule === 'author')
	return JSON.stringify(decision.status === 'approved' ? [...authors, ...decision.reasons] : decision.reasons)
}

async function follow(trx: Trx, config: Room['config'], response: Comment): Promise<void> {
	if (response.status !== 'spam') await startCheck(trx, config, response)
	await enqueueNotices(trx, config, response)
	await wantPhoto(trx, response)
}
