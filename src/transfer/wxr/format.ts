import type { Problem } from './problems.ts'
import type { ImportReport, KindCount, NotTaken } from './report.ts'

const COLUMNS = ['in the file', 'taken', 'already here', 'not taken']

/** The report as people read it on a terminal. */
export function formatReport(report: ImportReport): string {
	const title = report.dryRun ? `${report.file}: a trial, nothing was written` : `${report.file}: imported`
	const parts = [
		`${title} (${report.site})`,
		table(report.counts),
		report.dryRun ? '' : `${report.redirects} old addresses lead to new ones`,
		list('Not taken', groupByReason(report.notTaken)),
		list('Taken with a change', report.notes),
		list('Problems in the file', report.problems.map(problemLine)),
	]
	return parts.filter(Boolean).join('\n\n')
}

function table(counts: KindCount[]): string {
	const rows = counts.map(({ kind, found, taken, already, notTaken }) => [kind, found, taken, already, notTaken])
	const width = Math.max(...counts.map(({ kind }) => kind.length), 4)
	const line = ([kind, ...numbers]: (string | number)[]) =>
		`${String(kind).padEnd(width)}${numbers.map((text, at) => String(text).padStart(COLUMNS[at]!.length + 3)).join('')}`
	return [line(['', ...COLUMNS]), ...rows.map(line)].join('\n')
}

function groupByReason(notTaken: NotTaken[]): string[] {
	const groups = Map.groupBy(notTaken, ({ kind, reason }) => `${kind}: ${reason}`)
	return [...groups].map(([title, all]) => `${title}\n${all.map(({ name }) => `    ${name}`).join('\n')}`)
}

function problemLine({ text, lines, count }: Problem): string {
	const more = count > lines.length && lines.length > 0 ? `, … ${count} times` : ''
	return lines.length > 0 ? `${lines.length > 1 ? 'lines' : 'line'} ${lines.join(', ')}${more}: ${text}` : text
}

function list(title: string, lines: string[]): string {
	return lines.length > 0 ? `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}` : ''
}
