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
		for (const group of elements(el)) fitSpans(group)
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

/** Cells reach no further down than their group has rows, and none lies over another. */
function fitSpans(group: Element): void {
	const rows = elements(group)
	const taken = rows.map(() => new Set<number>())
	rows.forEach((row, y) => {
		let x = 0
		for (const cell of elements(row)) {
			while (taken[y]!.has(x)) x++
			const width = freeWidth(taken[y]!, x, span(cell, 'colspan'))
			const height = Math.min(span(cell, 'rowspan'), rows.length - y)
			resize(cell, 'colspan', width)
			resize(cell, 'rowspan', height)
			for (let down = 0; down < height; down++)
				for (let right = 0; right < width; right++) taken[y + down]!.add(x + right)
			x += width
		}
	})
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
