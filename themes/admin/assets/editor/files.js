import { EditorView } from '@codemirror/view'

const ADDRESS = /^(https?:\/\/|mailto:)\S+$/

/**
 * Pasted addresses become links, and files that are pasted or dropped are uploaded.
 * @param words texts with `%s` for the file's name: `uploading`, `failed`
 */
export function filesOf(words, tell) {
	return EditorView.domEventHandlers({
		paste(event, view) {
			const files = [...(event.clipboardData?.files ?? [])]
			const text = event.clipboardData?.getData('text/plain').trim() ?? ''
			if (files.length > 0 && text === '') return take(event, view, files)
			const { from, to, empty } = view.state.selection.main
			const selected = view.state.sliceDoc(from, to)
			if (empty || !ADDRESS.test(text) || ADDRESS.test(selected) || selected.includes('\n')) return false
			event.preventDefault()
			const insert = `[${selected}](${text})`
			view.dispatch({
				changes: { from, to, insert },
				selection: { anchor: from + insert.length },
				userEvent: 'input.paste',
			})
			return true
		},
		drop(event, view) {
			const files = [...(event.dataTransfer?.files ?? [])]
			if (files.length === 0) return false
			const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
			if (position !== null) view.dispatch({ selection: { anchor: position } })
			return take(event, view, files)
		},
	})

	function take(event, view, files) {
		event.preventDefault()
		uploadInto(view, files, words, tell)
		return true
	}
}

/** Lets the author choose files for the text. */
export function fileChooser(words, tell) {
	return (view) => {
		const input = document.createElement('input')
		input.type = 'file'
		input.multiple = true
		input.addEventListener('change', () => uploadInto(view, [...input.files], words, tell))
		input.click()
	}
}

/** Uploads files; a placeholder stands where each will be. */
async function uploadInto(view, files, words, tell) {
	for (const file of files) {
		const place = `![${words.uploading.replace('%s', file.name.replace(/[[\]]/g, ''))}]()`
		const { from, to } = view.state.selection.main
		view.dispatch({ changes: { from, to, insert: place }, selection: { anchor: from + place.length } })
		const { markdown, reason } = await upload(file)
		const at = view.state.doc.toString().indexOf(place)
		if (at >= 0) view.dispatch({ changes: { from: at, to: at + place.length, insert: markdown ?? '' } })
		tell(markdown ? '' : reason || words.failed.replace('%s', file.name))
	}
}

/** Sends a file to the blog's media; gives what it is in Markdown, or the reason why it wasn't taken. */
export async function upload(file) {
	const body = new FormData()
	body.append('file', file)
	try {
		const answer = await fetch('/admin/media/', { method: 'POST', body, headers: { Accept: 'application/json' } })
		const [found] = await answer.json()
		return answer.ok ? found : { reason: found.error }
	} catch {
		return {}
	}
}
