// Uploads one file after another with progress, by choice or by drop. Without script the form sends them by itself.
const form = document.querySelector('#upload')
const input = document.querySelector('#files')
const list = form?.querySelector('.sending')

if (form) {
	const button = form.querySelector('button')
	button.hidden = true
	form.classList.add('live')
	input.addEventListener('change', () => void sendAll([...input.files]))
	for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
		form.addEventListener(type, (event) => {
			event.preventDefault()
			form.classList.toggle('over', type === 'dragenter' || type === 'dragover')
			if (type === 'drop') void sendAll([...event.dataTransfer.files])
		})
	}
	// A file that misses the field must not be opened in the place of the page.
	for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault())
}

/** Sends files one by one; then the files of the page are as they are now. */
async function sendAll(files) {
	if (files.length === 0) return
	form.querySelector('.refused')?.remove()
	list.replaceChildren()
	input.disabled = true
	const rows = files.map(rowOf)
	for (const [index, file] of files.entries()) await send(file, rows[index])
	await refresh()
	input.disabled = false
	input.value = ''
}

async function refresh() {
	const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => undefined)
	if (!answer?.ok) return
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
	document.querySelector('.tiles').replaceWith(page.querySelector('.tiles'))
	if (!page.querySelector('.empty')) document.querySelector('.empty')?.remove()
}

function rowOf(file) {
	const row = document.createElement('li')
	const name = document.createElement('span')
	const bar = document.createElement('progress')
	const state = document.createElement('span')
	name.className = 'name'
	state.className = 'state'
	name.textContent = file.name
	bar.max = 1
	bar.value = 0
	bar.setAttribute('aria-label', file.name)
	row.append(name, bar, state)
	list.append(row)
	return { row, bar, state }
}

/** Only XMLHttpRequest tells how much of a body is sent. */
function send(file, { row, bar, state }) {
	const done = (isTaken, text) => {
		bar.remove()
		row.className = isTaken ? 'taken' : 'refused'
		state.textContent = text
	}
	if (file.size > Number(form.dataset.most)) return done(false, form.dataset.large)
	state.textContent = form.dataset.sending
	return new Promise((resolve) => {
		const request = new XMLHttpRequest()
		request.upload.addEventListener('progress', ({ loaded, total }) => {
			bar.value = loaded / total
			if (loaded === total) state.textContent = form.dataset.working
		})
		request.addEventListener('error', () => resolve(done(false, form.dataset.failed)))
		request.addEventListener('load', () => {
			const [answer] = read(request.responseText)
			const error = answer?.error ?? form.dataset.failed
			resolve(answer?.id ? done(true, form.dataset.sent) : done(false, error))
		})
		request.open('POST', form.action)
		request.setRequestHeader('Accept', 'application/json')
		const body = new FormData()
		body.append('file', file)
		request.send(body)
	})
}

function read(text) {
	try {
		return [JSON.parse(text)].flat()
	} catch {
		return []
	}
}

const copy = document.querySelector('#copy')
if (copy && navigator.clipboard) {
	copy.hidden = false
	copy.addEventListener('click', async () => {
		await navigator.clipboard.writeText(document.querySelector('#markdown').value)
		copy.textContent = copy.dataset.copied
	})
}
