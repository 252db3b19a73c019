import type { MentionType } from '../db/schema.ts'
import type { Job } from '../jobs/attempt.ts'
import { Discard, Retry } from '../jobs/job.ts'
import { loadSettings, type Settings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { type Examined, examine } from './examine.ts'
import { claimFetch } from './fetches-queries.ts'
import { endMention, listWaiting, type Mention, postpone } from './queries.ts'
import type { Entry } from './source/microformats.ts'
import type { Link, Read } from './source/read.ts'
import { readSource } from './source.ts'
import { storeMention, withdrawMention } from './store.ts'
import { type Ground, locate, type Place } from './target.ts'
import { tell } from './told.ts'

/** What reading sources needs. */
export type Room = Pick<Blog, 'db' | 'config' | 'clock' | 'catalog' | 'fetch' | 'secret'>

const MINUTE = 60_000
/** After how long a source where nobody was there is tried again; then it is given up. */
const PAUSES = [1, 5, 30, 120, 480].map((minutes) => minutes * MINUTE)
const LONGEST_PAUSE = 24 * 60 * MINUTE

/** Reads a page once for all posts that it is said to mention, and makes responses of what it says. */
export async function readSourcePage(room: Room, { key }: { key: string }, { signal }: Pick<Job, 'signal'>) {
	const waiting = await listWaiting(room.db, key)
	if (waiting.length === 0) throw new Discard('nothing waits for this page')
	const wait = await claimFetch(room.db, key, room.clock())
	if (wait > 0) throw new Retry(wait, 'fetched often enough of late')
	const examined = await examine(room, waiting, signal)
	if (examined.state === 'unreachable') return tryAgain(room, waiting, examined)
	const settings = await loadSettings(room.db, room.catalog)
	const places = placesIn(room)
	for (const mention of waiting) await settle(room, settings, { mention, examined, places })
}

interface Case {
	mention: Mention
	examined: Exclude<Examined, { state: 'unreachable' }>
	places: Locate
}

async function settle(room: Room, settings: Settings, { mention, examined, places }: Case): Promise<void> {
	const { state, detail } = examined
	if (state === 'missing') {
		return withdrawMention(room, mention, { outcome: 'missing', detail, keeps: !examined.isGone })
	}
	const found = await findMentioned(examined.page, mention, places)
	if (!found) return withdrawMention(room, mention, { outcome: 'unlinked', detail })
	const told = await tell(examined.page, found, settingOf(room, mention, found.place))
	// What the page itself replies to is more exact than the notice.
	const parent_id = found.place.commentId ?? mention.parent_id
	await storeMention(room, settings, { ...mention, parent_id }, told)
}

async function tryAgain(
	room: Room,
	waiting: Mention[],
	{ detail, isFinal, retryAfter }: Extract<Examined, { state: 'unreachable' }>,
): Promise<void> {
	const { db, clock } = room
	const outcome = { outcome: 'unreachable', detail, checked_at: clock() } as const
	const tries = Math.min(...waiting.map((mention) => mention.tries))
	const pause = isFinal ? undefined : PAUSES[tries]
	if (pause === undefined) {
		await db.transaction().execute(async (trx) => {
			for (const mention of waiting) await endMention(trx, mention, outcome)
		})
		return
	}
	const ids = waiting.map(({ id }) => id)
	await postpone(db, ids, outcome)
	throw new Retry(Math.min(LONGEST_PAUSE, Math.max(pause, retryAfter)), 'nobody was there')
}

/** A link of the page that leads to a post. */
interface Mentioned {
	link?: Link
	type: MentionType
	place: Place
}

type Locate = (url: string) => Promise<Place | undefined>

function placesIn(ground: Ground): Locate {
	const known = new Map<string, Promise<Place | undefined>>()
	return (url) => {
		const place = known.get(url) ?? locate(ground, url).then((one) => (typeof one === 'string' ? undefined : one))
		known.set(url, place)
		return place
	}
}

/** What the page's entry is about comes before what it merely links to; pingbacks ask for a link that readers see. */
async function findMentioned(
	{ entry, links }: Read & { entry?: Entry },
	{ post_id, protocol }: Mention,
	placeAt: Locate,
): Promise<Mentioned | undefined> {
	const isWeb = protocol === 'webmention'
	const counting = links.filter(({ isLink }) => isLink || isWeb)
	const found: { link: Link; place: Place }[] = []
	for (const link of counting) {
		const place = await placeAt(link.url)
		if (place?.post.post_id === post_id) found.push({ link, place })
	}
	for (const { type, url } of entry?.about ?? []) {
		const place = await placeAt(url)
		const same = found.find(({ link }) => link.url === url) ?? found[0]
		if (place?.post.post_id === post_id && (isWeb || same)) return { link: same?.link, type, place }
	}
	const best = found.find(({ link }) => link.isLink) ?? found[0]
	return best && { ...best, type: 'mention' }
}

function settingOf({ config, clock }: Room, { source }: Mention, { post }: Place) {
	const { host } = readSource(source)!
	return { languages: config.languages, locale: post.locale, host, from: post.published_at ?? 0, now: clock() }
}
