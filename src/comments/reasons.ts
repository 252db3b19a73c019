import type { ResponseStatus } from '../db/schema.ts'
import type { Translate } from '../i18n/catalog.ts'
import type { Reason } from './decide.ts'

const RULES = ['trap', 'disallowed', 'moderation', 'links', 'first', 'filter', 'akismet', 'imported', 'host', 'gone']
const OTHERS = ['blocked', 'trusted']

/** What reasons are told of, and by whom they are understood. */
export interface Judged {
	/** JSON of `Reason[]`, as it is stored. */
	reasons: string
	status: ResponseStatus
	author_id: number | null
}

/**
 * Why a response is where it is, in words; `names` are those of authors by their numbers.
 * i18n: admin.reasons.trap admin.reasons.disallowed admin.reasons.moderation admin.reasons.links admin.reasons.first
 * admin.reasons.filter admin.reasons.akismet admin.reasons.imported admin.reasons.host admin.reasons.gone admin.reasons.other
 * i18n: admin.reasons.blocked admin.reasons.trusted
 * admin.responseStates.held admin.responseStates.approved admin.responseStates.spam admin.responseStates.trash
 */
export function reasonTexts(
	{ reasons, status, author_id }: Judged,
	names: Map<number, string>,
	t: Translate,
): string[] {
	const told = (JSON.parse(reasons) as Reason[]).map((reason) => textOf(reason, names, t))
	if (told.length > 0) return told
	if (author_id !== null) return [t('moderation.reasons.own')]
	return status === 'approved' ? [t('moderation.reasons.nothing')] : []
}

function textOf({ rule, detail = '' }: Reason, names: Map<number, string>, t: Translate): string {
	if (rule === 'author') return decisionText(detail, names, t)
	// i18n: moderation.reasons.akismet-waiting moderation.reasons.akismet-spam moderation.reasons.akismet-ham
	if (rule === 'akismet' && ['waiting', 'spam', 'ham'].includes(detail))
		return t(`moderation.reasons.akismet-${detail}`)
	return t(`admin.reasons.${[...RULES, ...OTHERS].includes(rule) ? rule : 'other'}`, { detail })
}

/** An author's decision names the state that was chosen, and who chose it. */
function decisionText(detail: string, names: Map<number, string>, t: Translate): string {
	const [state = '', by = ''] = detail.split(' ')
	const decided = { state: t(`admin.responseStates.${state}`), name: names.get(Number(by)) }
	return t(decided.name ? 'moderation.reasons.by' : 'admin.reasons.author', decided)
}

/** The authors whose decisions these are. */
export function decidersOf(all: Pick<Judged, 'reasons'>[]): number[] {
	const details = all.flatMap(({ reasons }) =>
		(JSON.parse(reasons) as Reason[]).filter(({ rule }) => rule === 'author').map(({ detail = '' }) => detail),
	)
	return [...new Set(details.map((detail) => Number(detail.split(' ')[1])).filter(Number.isInteger))]
}
