import type { Translate } from '../../i18n/catalog.ts'
import type { Delivery } from './queries.ts'

/**
 * What came of telling a page, in words.
 * i18n: sent.waiting sent.later sent.sent sent.sentGone sent.none sent.noneFor sent.failed
 */
export function stateText({ state, linked, attempts, protocol, outcome }: Delivery, t: Translate): string {
	const reason = reasonText(outcome, t)
	if (state === 'waiting') return attempts === 0 ? t('sent.waiting') : t('sent.later', { reason })
	if (state === 'sent') return t(linked ? 'sent.sent' : 'sent.sentGone', { protocol })
	if (state === 'none') return reason ? t('sent.noneFor', { reason }) : t('sent.none')
	return t('sent.failed', { reason })
}

/**
 * Why a page wasn't told; '' when it takes no notices.
 * i18n: sent.reasons.forbidden sent.reasons.own sent.reasons.busy sent.reasons.timeout sent.reasons.large
 * sent.reasons.type sent.reasons.redirects sent.reasons.network sent.reasons.unreadable sent.reasons.private-site
 * sent.reasons.status sent.reasons.fault
 */
function reasonText(outcome: string, t: Translate): string {
	if (outcome === '') return ''
	const [name, code] = outcome.split(' ')
	return t(`sent.reasons.${name}`, { code })
}
