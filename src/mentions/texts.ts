import type { Translate } from '../i18n/catalog.ts'
import type { Mention } from './queries.ts'

type Ended = Pick<Mention, 'waiting' | 'outcome' | 'detail'>

/** How a notice stands: `waiting`, `sent` when a response came of it, `failed` when none did. */
export function stateOf({ waiting, outcome }: Ended): string {
	if (waiting) return 'waiting'
	return ['stored', 'updated', 'kept'].includes(outcome) ? 'sent' : 'failed'
}

const DETAILS = ['forbidden', 'own', 'busy', 'timeout', 'large', 'type', 'redirects', 'network', 'unreadable']

/**
 * What came of a notice, in words, with what the source's server said.
 * i18n: mentions.admin.outcomes.waiting mentions.admin.outcomes.again mentions.admin.outcomes.stored
 * i18n: mentions.admin.outcomes.updated mentions.admin.outcomes.removed mentions.admin.outcomes.kept
 * i18n: mentions.admin.outcomes.missing mentions.admin.outcomes.unlinked mentions.admin.outcomes.unreachable
 * i18n: mentions.admin.details.forbidden mentions.admin.details.own mentions.admin.details.busy
 * i18n: mentions.admin.details.timeout mentions.admin.details.large mentions.admin.details.type
 * i18n: mentions.admin.details.redirects mentions.admin.details.network mentions.admin.details.unreadable
 */
export function outcomeText({ waiting, outcome, detail }: Ended, t: Translate): string {
	const key = waiting ? (outcome === 'unreachable' ? 'again' : 'waiting') : outcome
	const text = t(`mentions.admin.outcomes.${key}`)
	if (!detail || key === 'waiting') return text
	const why = DETAILS.includes(detail)
		? t(`mentions.admin.details.${detail}`)
		: t('mentions.admin.details.status', { status: detail })
	return `${text}: ${why}`
}
