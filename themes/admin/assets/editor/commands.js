import { EditorSelection } from '@codemirror/state'

/** Puts marks around each selection, or takes them away: `**` makes it bold. */
export function wrap(mark) {
	return (view) => {
		const { state } = view
		const change = state.changeByRange(({ from, to }) => {
			const size = mark.length
			const isWrapped = state.sliceDoc(from - size, from) === mark && state.sliceDoc(to, to + size) === mark
			if (isWrapped) {
				return {
					changes: [
						{ from: from - size, to: from },
						{ from: to, to: to + size },
					],
					range: EditorSelection.range(from - size, to - size),
				}
			}
			return {
				changes: [
					{ from, insert: mark },
					{ from: to, insert: mark },
				],
				range: EditorSelection.range(from + size, to + size),
			}
		})
		return apply(view, change)
	}
}

/** Begins each selected line with a prefix, or takes it away when all have it: `> ` makes a quotation. */
export function prefix(text) {
	return (view) => {
		const { state } = view
		const lines = selectedLines(state)
		const isPrefixed = lines.every((line) => line.text.startsWith(text))
		const changes = lines.map((line) =>
			isPrefixed
				? { from: line.from, to: line.from + text.length }
				: { from: line.from, to: line.from + oldPrefix(line.text, text), insert: text },
		)
		return apply(view, { changes })
	}
}

/** A heading of another level takes the place of the one that is there. */
function oldPrefix(line, text) {
	return text.startsWith('#') ? (/^#{1,6} /.exec(line)?.[0].length ?? 0) : 0
}

function selectedLines({ doc, selection }) {
	const numbers = new Set()
	for (const { from, to } of selection.ranges) {
		for (let number = doc.lineAt(from).number; number <= doc.lineAt(to).number; number++) numbers.add(number)
	}
	return [...numbers].map((number) => doc.line(number))
}

/** Makes the selection a link, and puts the cursor where its address goes. */
export function link(view) {
	const { from, to } = view.state.selection.main
	const text = view.state.sliceDoc(from, to)
	const isAddress = /^https?:\/\/\S+$/.test(text)
	const insert = isAddress ? `[](${text})` : `[${text}]()`
	const cursor = isAddress || text === '' ? from + 1 : from + insert.length - 1
	return apply(view, { changes: { from, to, insert }, selection: { anchor: cursor } })
}

/** Code inside a line; of several lines, a block. */
export function code(view) {
	const { from, to } = view.state.selection.main
	const text = view.state.sliceDoc(from, to)
	if (!text.includes('\n')) return wrap('`')(view)
	const insert = `\`\`\`\n${text}\n\`\`\``
	return apply(view, { changes: { from, to, insert }, selection: { anchor: from + 3 } })
}

export const commands = {
	bold: wrap('**'),
	italic: wrap('*'),
	heading: prefix('## '),
	link,
	quote: prefix('> '),
	list: prefix('- '),
	code,
}

function apply(view, change) {
	view.dispatch(view.state.update(change, { scrollIntoView: true, userEvent: 'input' }))
	view.focus()
	return true
}
