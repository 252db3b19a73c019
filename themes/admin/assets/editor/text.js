import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { markdown, markdownKeymap } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { commands } from 'editor/commands'

const marks = HighlightStyle.define([
	{ tag: tags.heading, fontWeight: '700' },
	{ tag: tags.strong, fontWeight: '700' },
	{ tag: tags.emphasis, fontStyle: 'italic' },
	{ tag: tags.strikethrough, textDecoration: 'line-through' },
	{ tag: [tags.link, tags.url], color: 'var(--accent)' },
	{ tag: tags.monospace, fontFamily: 'var(--mono)' },
	{ tag: tags.quote, color: 'var(--quiet)' },
	{ tag: [tags.processingInstruction, tags.contentSeparator, tags.comment], color: 'var(--quiet)' },
])

const look = EditorView.theme({
	'&': { fontSize: '1.0625rem' },
	'&.cm-focused': { outline: 'none' },
	'.cm-content': { fontFamily: 'var(--serif)', lineHeight: '1.7', padding: '1rem 0', caretColor: 'var(--ink)' },
	'.cm-line': { padding: '0 1.125rem' },
	'.cm-cursor': { borderInlineStartColor: 'var(--ink)', borderInlineStartWidth: '2px' },
	'&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
		background: 'var(--selected)',
	},
})

/**
 * Puts an editor in the place of a textarea, which stays what the form sends; `changed` is called after each change.
 * @returns the CodeMirror view, and `sync` that brings the textarea up to date
 */
export function startText(area, { nonce, extensions, changed }) {
	let isSynced = true
	const sync = () => {
		if (!isSynced) area.value = view.state.doc.toString()
		isSynced = true
	}
	const keys = [
		{ key: 'Mod-b', run: commands.bold },
		{ key: 'Mod-i', run: commands.italic },
		{ key: 'Mod-k', run: commands.link },
		{ key: 'Mod-e', run: commands.code },
		{ key: 'Mod-Shift-7', run: commands.list },
		{ key: 'Mod-Shift-9', run: commands.quote },
		{ key: 'Mod-Alt-2', run: commands.heading },
	]
	const view = new EditorView({
		state: EditorState.create({
			doc: area.value,
			extensions: [
				EditorView.cspNonce.of(nonce),
				history(),
				drawSelection(),
				EditorView.lineWrapping,
				markdown({ completeHTMLTags: false }),
				syntaxHighlighting(marks),
				look,
				keymap.of([...keys, ...markdownKeymap, ...historyKeymap, ...defaultKeymap]),
				EditorView.contentAttributes.of({
					'aria-label': area.labels[0].textContent,
					'aria-describedby': area.getAttribute('aria-describedby'),
					...(area.hasAttribute('aria-invalid') && { 'aria-invalid': 'true' }),
					lang: area.lang,
					dir: area.dir,
					spellcheck: 'true',
					autocorrect: 'on',
					autocapitalize: 'sentences',
				}),
				EditorView.updateListener.of((update) => {
					if (!update.docChanged) return
					isSynced = false
					changed()
				}),
				extensions,
			],
		}),
	})
	area.before(view.dom)
	area.hidden = true
	area.labels[0].addEventListener('click', (event) => {
		event.preventDefault()
		view.focus()
	})
	// A reset by the browser when one comes back to the page writes into the textarea.
	addEventListener('pageshow', () => {
		if (isSynced && area.value !== view.state.doc.toString()) {
			view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value } })
		}
	})
	return { view, sync }
}
