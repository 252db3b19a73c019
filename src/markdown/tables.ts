import type { RenderStrings } from './strings.ts'
import {
	type Element,
	element,
	elements,
	get,
	isBlank,
	type Parent,
	rename,
	rewrite,
	set,
	setChildren,
} from './tree.ts'

const ORDER = ['caption', 'thead', 'tbody', 'tfoot']

/** Tables with their parts in order and no cell over another, each in a box that scrolls sideways. */
export function cleanTables(root: Parent, strings: RenderStrings): void {
	rewrite(root, (el) => {
		if (el.tagName !== 'table') return undefined
		order(el)
		dropEmptyColumns(elements(el).flatMap(fitSpans))
		if (!el.childNodes.some((child) => !isBlank(child))) return []
		const named = strings.table ? { role: 'group', tabindex: '0', 'aria-label': strings.table } : {}
		return [element('div', { class: 'table', ...named }, el)]
	})
}

function order(table: Element): void {
	const parts = elements(table)
	for (const name of ['thead', 'tfoot']) {
		for (const extra of parts.filter(({ tagName }) => tagName === name).slice(1)) rename(extra, 'tbody')
	}
	const captions = parts.filter(({ tagName }) => tagName === 'caption').slice(1)
	const kept = parts.filter((part) => ORDER.includes(part.tagName) && !captions.includes(part) && filled(part))
	setChildren(
		table,
		kept.toSorted((a, b) => ORDER.indexOf(a.tagName) - ORDER.indexOf(b.tagName)),
	)
}

/** A row needs a cell and a group needs a row. */
function filled(part: Element): boolean {
	if (part.tagName === 'caption') return true
	setChildren(
		part,
		elements(part).filter((row) => row.tagName === 'tr' && elements(row).length > 0),
	)
	return part.childNodes.length > 0
}

/** Where a cell stands: its first column and the number of columns. */
interface Place {
	cell: Element
	x: number
	width: number
}

/** Columns in which no cell begins are taken out. */
function dropEmptyColumns(places: Place[]): void {
	const starts = new Set(places.map(({ x }) => x))
	for (const { cell, x, width } of places) {
		let kept = 1
		for (let right = 1; right < width; right++) if (starts.has(x + right)) kept++
		resize(cell, 'colspan', kept)
	}
}

/** Cells reach no further down than their group has rows, and none lies over another. */
function fitSpans(group: Element): Place[] {
	const rows = elements(group)
	const taken = rows.map(() => new Set<number>())
	return rows.flatMap((row, y) => {
		let x = 0
		return elements(row).map((cell) => {
			while (taken[y]!.has(x)) x++
			const width = freeWidth(taken[y]!, x, span(cell, 'colspan'))
			const height = Math.min(span(cell, 'rowspan'), rows.length - y)
			resize(cell, 'rowspan', height)
			take(taken.slice(y, y + height), x, width)
			return { cell, x, width }
		})
	})
}

function take(rows: Set<number>[], x: number, width: number): void {
	for (const row of rows) for (let right = 0; right < width; right++) row.add(x + right)
}

function span(cell: Element, name: string): number {
	return Number(get(cell, name) ?? 1)
}

function resize(cell: Element, name: string, size: number): void {
	set(cell, name, size > 1 ? String(size) : undefined)
}

function freeWidth(taken: Set<number>, from: number, wanted: number): number {
	let width = 1
	while (width < wanted && !taken.has(from + width)) width++
	return width
}
