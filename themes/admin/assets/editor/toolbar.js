import { commands } from 'editor/commands'

/** Shows the buttons above the text; arrows go from one to the next. */
export function startToolbar(toolbar, view, chooseFiles) {
	const buttons = [...toolbar.querySelectorAll('button')]
	const runs = { ...commands, image: chooseFiles }
	for (const button of buttons) {
		button.tabIndex = button === buttons[0] ? 0 : -1
		button.addEventListener('click', () => runs[button.dataset.command](view))
	}
	toolbar.addEventListener('keydown', (event) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
		const at = buttons.indexOf(document.activeElement)
		if (!step || at < 0) return
		event.preventDefault()
		const next = buttons.at((at + step * directionOf(toolbar)) % buttons.length)
		for (const button of buttons) button.tabIndex = button === next ? 0 : -1
		next.focus()
	})
	toolbar.hidden = false
}

function directionOf(element) {
	return getComputedStyle(element).direction === 'rtl' ? -1 : 1
}
