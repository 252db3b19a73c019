import type { Translate } from '../../i18n/catalog.ts'
import type { SettingMove } from '../../views/settings-model.ts'
import { linesOf } from './section.ts'

/** The buttons of a row are `move=2:up`, `2:down` and `2:remove`. */
const MOVE = /^(\d{1,4}):(up|down|remove)$/

/** No list takes as many; a page of more would take too long. */
const MOST_ROWS = 200

/** The rows of a list whose columns are repeated fields, with what a pressed button does to them. */
export function rowsOf<Name extends string>(form: URLSearchParams, names: readonly Name[]): Record<Name, string>[] {
	const columns = names.map((name) => form.getAll(name))
	const length = Math.min(MOST_ROWS, Math.max(...columns.map((column) => column.length)))
	const rows = Array.from({ length }, (_, at) => {
		const cells = names.map((name, column) => [name, linesOf(columns[column]?.[at] ?? '').join(' ')])
		return Object.fromEntries(cells) as Record<Name, string>
	})
	return moved(rows, form.get('move') ?? '')
}

/** Puts rows into a form. */
export function formOf(rows: Record<string, string>[]): URLSearchParams {
	return new URLSearchParams(rows.flatMap((row) => Object.entries(row)))
}

/** The buttons of row `at` among `length` rows; `name` is what the row is called. */
export function movesOf(t: Translate, at: number, length: number, name: string): SettingMove[] {
	const button = (deed: string, text: string, label: string) => ({ value: `${at}:${deed}`, text, label })
	return [
		...(at > 0 ? [button('up', t('settings.up'), t('settings.upOf', { name }))] : []),
		...(at < length - 1 ? [button('down', t('settings.down'), t('settings.downOf', { name }))] : []),
		button('remove', t('settings.remove'), t('settings.removeOf', { name })),
	]
}

function moved<Row>(rows: Row[], move: string): Row[] {
	const [, number, deed] = MOVE.exec(move) ?? []
	const at = Number(number)
	if (!deed || at >= rows.length) return rows
	const rest = rows.toSpliced(at, 1)
	if (deed === 'remove') return rest
	return rest.toSpliced(Math.max(0, deed === 'up' ? at - 1 : at + 1), 0, rows[at]!)
}
