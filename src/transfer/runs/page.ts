import type { ImportReportModel } from '../../views/import-model.ts'
import type { State } from '../../web/context.ts'
import { formatReport } from '../wxr/format.ts'
import type { ImportReport } from '../wxr/report.ts'

/** The kinds that have names in every language; others are shown as the command calls them. */
const KINDS = ['posts', 'pages', 'attachments', 'categories', 'tags', 'authors', 'comments', 'pingbacks', 'trackbacks']

/** The report of the command as a page shows it. */
export function reportModel({ t, locale }: Pick<State, 't' | 'locale'>, report: ImportReport): ImportReportModel {
	const format = new Intl.NumberFormat(locale)
	// i18n: importer.kinds.posts importer.kinds.pages importer.kinds.attachments importer.kinds.categories
	// i18n: importer.kinds.tags importer.kinds.authors importer.kinds.comments importer.kinds.pingbacks
	// i18n: importer.kinds.trackbacks
	return {
		summary: report.dryRun ? t('importer.trial', { site: report.site }) : t('importer.taken', { site: report.site }),
		counts: report.counts.map(({ kind, found, taken, already, notTaken }) => ({
			kind: KINDS.includes(kind) ? t(`importer.kinds.${kind}`) : kind,
			found: format.format(found),
			taken: format.format(taken),
			already: format.format(already),
			notTaken: format.format(notTaken),
		})),
		redirects: report.dryRun ? undefined : t('importer.redirects', { count: report.redirects }),
		isWhole: report.exitCode === 0,
		text: formatReport(report),
	}
}
