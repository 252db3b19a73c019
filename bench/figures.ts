/** One thing that was measured, with what it is to reach. */
export interface Figure {
	part: string
	what: string
	value: number
	unit: string
	atLeast?: number
	atMost?: number
	/** What helps to read it. */
	note?: string
}

/** Whether a figure reaches its bound; undefined for one that has none. */
export function reaches({ value, atLeast, atMost }: Figure): boolean | undefined {
	if (atLeast === undefined && atMost === undefined) return undefined
	return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY)
}

/** All figures as lines of a table, the bounds beside them. */
export function tableOf(figures: Figure[]): string {
	const rows = figures.map((figure) => [
		figure.part,
		figure.what,
		`${shown(figure.value)} ${figure.unit}`.trim(),
		boundOf(figure),
		{ true: 'yes', false: 'NO', undefined: '' }[String(reaches(figure)) as 'true'],
		figure.note ?? '',
	])
	const all = [['', 'measured', '', 'to reach', '', ''], ...rows]
	const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
	return all
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		)
		.join('\n')
}

function boundOf({ atLeast, atMost }: Figure): string {
	if (atLeast !== undefined) return `≥ ${shown(atLeast)}`
	return atMost === undefined ? '' : `≤ ${shown(atMost)}`
}

function shown(value: number): string {
	return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 100) / 100)
}
