import type { ImportReportModel } from '../../views/import-model.ts'
import type { State } from '../../web/context.ts'
import { formatReport, kindName } from '../wxr/format.ts'
import type { ImportReport } from '../wxr/report.ts'

/** The report of the command as a page shows it. */
export function reportModel({ t, locale }: Pick<State, 't' | 'locale'>, report: ImportReport): ImportReportModel {
	const format = new Intl.NumberFormat(locale)
	return {
		summary: report.dryRun ? t('importer.trial', { site: report.site }) : t('importer.taken', { site: report.site }),
		counts: report.counts.map(({ kind, found, taken, already, notTaken }) => ({
			kind: kindName(kind, t),
			found: format.format(found),
			taken: format.format(taken),
			already: format.format(already),
			notTaken: format.format(notTaken),
		})),
		redirects: report.dryRun ? undefined : t('importer.redirects', { count: report.redirects }),
		isWhole: report.exitCode === 0,
		text: formatReport(report, t),
	}
}
