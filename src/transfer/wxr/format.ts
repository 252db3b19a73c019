import type { Translate } from '../../i18n/catalog.ts'
import type { Problem } from './problems.ts'
import type { ImportReport, KindCount, NotTaken } from './report.ts'
import { say } from './said.ts'

/** The report as people read it: on a terminal, and whole under the table of the page. */
export function formatReport(report: ImportReport, t: Translate): string {
	const { file, site, redirects, notTaken, notes, problems } = report
	const parts = [
		t(report.dryRun ? 'importer.report.trial' : 'importer.report.imported', { file, site }),
		table(report.counts, t),
		report.dryRun ? '' : t('importer.redirects', { count: redirects }),
		list(t('importer.report.notTaken'), groupByReason(notTaken, t)),
		list(
			t('importer.report.changed'),
			notes.map((note) => say(t, note)),
		),
		list(
			t('importer.report.problems'),
			problems.map((problem) => problemLine(problem, t)),
		),
	]
	return parts.filter(Boolean).join('\n\n')
}

/** What a kind is called; reports of earlier versions call it by words, which stand for themselves. */
export function kindName(kind: string, t: Translate): string {
	const [, key = kind, name] = /^(\w+):(.*)$/s.exec(kind) ?? []
	// i18n: importer.kinds.posts importer.kinds.pages importer.kinds.attachments importer.kinds.categories
	// i18n: importer.kinds.tags importer.kinds.authors importer.kinds.comments importer.kinds.pingbacks
	// i18n: importer.kinds.trackbacks importer.kinds.webmentions importer.kinds.translations importer.kinds.cutOff
	// i18n: importer.kinds.menuItems importer.kinds.revisions importer.kinds.themeSettings importer.kinds.themeParts
	// i18n: importer.kinds.menus importer.kinds.blocks importer.kinds.caches importer.kinds.privacyRequests
	// i18n: importer.kinds.formats importer.kinds.polylangLanguages importer.kinds.polylangLinks
	// i18n: importer.kinds.linkCategories importer.kinds.itemsOf importer.kinds.commentsOf importer.kinds.termsOf
	return t(`importer.kinds.${key}`, { defaultValue: kind, ...(name !== undefined && { name }) })
}

function table(counts: KindCount[], t: Translate): string {
	const columns = [t('importer.found'), t('importer.takenColumn'), t('importer.already'), t('importer.notTaken')]
	const rows = counts.map((count) => ({ ...count, name: kindName(count.kind, t) }))
	const width = Math.max(...rows.map(({ name }) => name.length), 4)
	const line = (name: string, cells: (string | number)[]) =>
		`${name.padEnd(width)}${cells.map((text, at) => String(text).padStart(columns[at]!.length + 3)).join('')}`
	const lines = rows.map(({ name, found, taken, already, notTaken }) => line(name, [found, taken, already, notTaken]))
	return [line('', columns), ...lines].join('\n')
}

function groupByReason(notTaken: NotTaken[], t: Translate): string[] {
	const groups = Map.groupBy(notTaken, ({ kind, reason }) => `${kindName(kind, t)}: ${say(t, reason)}`)
	return [...groups].map(([title, all]) => `${title}\n${all.map(({ name }) => `    ${say(t, name)}`).join('\n')}`)
}

function problemLine({ text, lines, count }: Problem, t: Translate): string {
	const values = { text: say(t, text), lines: lines.join(', '), times: count }
	if (lines.length === 0) return values.text
	if (count > lines.length) return t('importer.report.linesOf', values)
	return t(lines.length > 1 ? 'importer.report.lines' : 'importer.report.line', values)
}

function list(title: string, lines: string[]): string {
	return lines.length > 0 ? `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}` : ''
}
