import type { Status, Time } from '../../db/schema.ts'
import { isOutdated } from '../post.ts'
import { type PostState, stateOf } from '../states.ts'

/** The states that the board can be asked for. */
export const BOARD_STATES = ['missing', 'draft', 'scheduled', 'outdated', 'published'] as const
export type BoardState = (typeof BOARD_STATES)[number]

/** A translation as far as its cell tells. */
export interface CellHead {
	locale: string
	status: Status
	published_at: Time | null
	major_revision: number
	source_locale: string | null
	source_revision: number | null
}

/** What a cell of the board tells: the state, `outdated` before `published`, and whether a draft is behind. */
export function cellStateOf(
	translation: CellHead | undefined,
	siblings: CellHead[],
	now: Time,
): { state: PostState | 'outdated'; isBehind: boolean } {
	const state = stateOf(translation, now)
	const source = siblings.find(({ locale, status }) => locale === translation?.source_locale && status !== 'trash')
	const isBehind = translation !== undefined && state !== 'trash' && isOutdated(translation, source)
	return { state: isBehind && state === 'published' ? 'outdated' : state, isBehind }
}
