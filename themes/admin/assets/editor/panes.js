const WIDE = matchMedia('(min-width: 60rem)')
const PAUSE = 700

/** What stands beside the text: other languages, and the page as readers would see it, made anew after changes. */
export function startPanes({ form, sync, words, tell }) {
	const panes = [...form.querySelectorAll('.beside details')]
	const preview = form.querySelector('.preview')
	const button = form.querySelector('button[formaction]')
	let timer
	let frame

	if (!WIDE.matches) for (const pane of panes) pane.open = false
	preview.hidden = false

	button.addEventListener('click', (event) => {
		event.preventDefault()
		preview.open = !preview.open
		if (preview.open && !WIDE.matches) preview.scrollIntoView({ block: 'start' })
	})
	preview.addEventListener('toggle', () => {
		button.setAttribute('aria-pressed', String(preview.open))
		if (preview.open) show()
	})

	async function show() {
		clearTimeout(timer)
		sync()
		const body = new URLSearchParams(new FormData(form))
		const answer = await fetch(button.formAction, { method: 'POST', body }).catch(() => undefined)
		tell(answer?.ok ? '' : words.noPreview)
		if (!answer?.ok) return
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
		for (const script of page.querySelectorAll('script')) script.remove()
		if (frame) frame.contentDocument.body.replaceWith(frame.contentDocument.adoptNode(page.body))
		else frame = await open(page)
	}

	function open(page) {
		const made = document.createElement('iframe')
		made.title = words.preview
		// Nothing in it runs; the same origin lets us put the new text in without losing the place.
		made.sandbox = 'allow-same-origin'
		made.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`
		return new Promise((resolve) => {
			made.addEventListener('load', () => {
				made.contentDocument.addEventListener('click', (event) => event.preventDefault())
				resolve(made)
			})
			preview.append(made)
		})
	}

	return {
		soon() {
			clearTimeout(timer)
			if (preview.open) timer = setTimeout(show, PAUSE)
		},
	}
}
