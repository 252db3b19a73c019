import type { Status, Time } from '../db/schema.ts'
import type { Translate } from '../i18n/catalog.ts'

/** The states of a post in a language, as authors see them. */
export type PostState = Status | 'scheduled' | 'missing'

/** The state of a translation; `missing` when there is none. */
export function stateOf(translation: { status: Status; published_at: Time | null } | undefined, now: Time): PostState {
	if (!translation) return 'missing'
	const { status, published_at } = translation
	return status === 'published' && published_at !== null && published_at > now ? 'scheduled' : status
}

/**
 * A state in words.
 * i18n: admin.states.draft admin.states.published admin.states.private admin.states.trash admin.states.scheduled
 * admin.states.missing
 */
export function stateText(state: PostState, t: Translate): string {
	return t(`admin.states.${state}`)
}
