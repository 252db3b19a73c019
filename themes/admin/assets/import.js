// Shows how an import goes; without script the page is asked for anew every few seconds.
const panel = document.querySelector('[data-events]')
const status = panel.querySelector('[role=status]')
const bar = panel.querySelector('progress')
const events = new EventSource(panel.dataset.events)

events.addEventListener('message', ({ data }) => {
	const { percent, text } = JSON.parse(data)
	bar.value = Number(percent)
	// A reader of the screen hears of each tenth, not of each percent.
	if (Number(percent) % 10 === 0 || bar.value === 0) status.textContent = text
})

// The server says so last and ends the stream; who closes it before breaks the request off.
events.addEventListener('done', () => {
	events.addEventListener('error', () => {
		events.close()
		location.reload()
	})
})
