const PAUSE = 2500
const NEWS = 30_000

/**
 * Keeps what is typed at the blog a moment after the last change, tells how that went, and who else writes here.
 * @param form its `data-draft` is where; `status` and `others` are elements that tell
 * @param sync brings the fields up to date with the editor
 */
export function startDrafts({ form, status, others, sync, words }) {
	let kept = fieldsOf()
	let timer
	let sending
	let isLeaving = false

	function fieldsOf() {
		sync()
		return String(new URLSearchParams(new FormData(form)))
	}

	const isTyped = () => !isLeaving && fieldsOf() !== kept

	async function keep() {
		clearTimeout(timer)
		await sending
		if (!isTyped()) return
		const fields = fieldsOf()
		sending = send(fields)
		await sending
		sending = undefined
	}

	async function send(body) {
		try {
			const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }
			const answer = await fetch(form.dataset.draft, { method: 'POST', body, headers })
			if (!answer.ok) return tell(answer.status === 401 ? words.signedOut : words.offline, true)
			const news = await answer.json()
			kept = body
			tell(news.kept)
			read(news)
		} catch {
			tell(words.offline, true)
			timer = setTimeout(keep, NEWS)
		}
	}

	function tell(text, isBad = false) {
		status.textContent = text
		status.classList.toggle('bad', isBad)
	}

	function read(news) {
		const isStale = String(news.revision) !== form.elements.revision.value
		const text = [isStale ? words.stale : '', news.others ?? ''].filter(Boolean).join(' ')
		if (others.textContent !== text) others.textContent = text
		others.hidden = text === ''
	}

	async function ask() {
		if (document.hidden || isLeaving || form.dataset.new !== undefined) return
		const answer = await fetch(form.dataset.draft, { headers: { Accept: 'application/json' } }).catch(() => undefined)
		if (answer?.ok) read(await answer.json())
	}

	function soon() {
		clearTimeout(timer)
		timer = setTimeout(keep, PAUSE)
	}

	form.addEventListener('input', soon)
	form.addEventListener('change', soon)
	form.addEventListener('submit', (event) => {
		sync()
		if (event.submitter?.formAction.endsWith('/preview/')) return
		isLeaving = true
		clearTimeout(timer)
	})
	addEventListener('pageshow', ({ persisted }) => {
		isLeaving = false
		if (persisted) ask()
	})
	addEventListener('beforeunload', (event) => {
		if (isTyped()) event.preventDefault()
	})
	document.addEventListener('visibilitychange', () => document.hidden && keep())
	setInterval(ask, NEWS)
	return { soon, keep }
}
