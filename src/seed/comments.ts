import { placesOf } from '../comments/place.ts'
import type { Db, Time } from '../db/schema.ts'
import { escapeHtml } from '../markdown/escape.ts'
import { storeConversation } from './queries.ts'
import { pick, type Random, range } from './random.ts'
import { type Language, replyText } from './texts.ts'
import { NAMES } from './words.ts'

const DAY = 24 * 60 * 60 * 1000
/** Responses under a post that has any, unless all have more. */
const TALK = 50

interface Talk {
	comments: number
	languages: Language[]
	now: Time
}

/** Conversations of 50 under posts at even distances, the newest included; longer ones when that is too few. */
export async function seedComments(
	db: Db,
	random: Random,
	posts: { id: number; at: Time }[],
	{ comments, ...rest }: Talk,
): Promise<void> {
	const talks = Math.min(posts.length, Math.ceil(comments / TALK))
	for (const talk of range(0, talks)) {
		const post = posts[Math.ceil(((talk + 1) * posts.length) / talks) - 1]!
		const share = Math.floor(((talk + 1) * comments) / talks) - Math.floor((talk * comments) / talks)
		await storeConversation(db, post.id, conversation(random, post.at, { comments: share, ...rest }))
	}
}

/** Responses in the order in which they were written, each with its parent's place in the list. */
function conversation(random: Random, at: Time, { comments, languages, now }: Talk) {
	const parents = range(0, comments).map((index) => (index > 0 && random() < 0.4 ? index - 1 : null))
	const placed = new Map(
		placesOf(parents.map((parent_id, id) => ({ id, parent_id }))).map(({ id, ...place }) => [id, place]),
	)
	const pause = Math.min(DAY, (now - at) / (comments + 1))
	return parents.map((parent, index) => {
		const locale = pick(random, languages)
		const source = replyText(random, locale)
		return {
			parent,
			kind: 'comment' as const,
			status: 'approved' as const,
			locale,
			name: pick(random, NAMES[locale]),
			format: 'text' as const,
			source,
			html: `<p>${escapeHtml(source)}</p>`,
			author_id: null,
			created_at: Math.round(at + pause * (index + random())),
			...placed.get(index)!,
		}
	})
}
