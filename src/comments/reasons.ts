import type { Translate } from '../i18n/catalog.ts'
import type { Reason } from './decide.ts'

const RULES = ['trap', 'disallowed', 'moderation', 'links', 'first', 'filter', 'akismet', 'imported', 'host', 'gone']

/**
 * Why a response is where it is, in words; `json` is what is stored.
 * i18n: admin.reasons.trap admin.reasons.disallowed admin.reasons.moderation admin.reasons.links admin.reasons.first
 * admin.reasons.filter admin.reasons.akismet admin.reasons.imported admin.reasons.host admin.reasons.gone admin.reasons.author admin.reasons.other
 * admin.responseStates.held admin.responseStates.approved admin.responseStates.spam admin.responseStates.trash
 */
export function reasonTexts(json: string, t: Translate): string[] {
	return (JSON.parse(json) as Reason[]).map(({ rule, detail = '' }) => {
		// An author's decision names the state that was chosen, and who chose it.
		if (rule === 'author')
			return t('admin.reasons.author', { state: t(`admin.responseStates.${detail.split(' ')[0]}`) })
		return t(`admin.reasons.${RULES.includes(rule) ? rule : 'other'}`, { detail })
	})
}
