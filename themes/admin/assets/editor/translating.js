import { startDrafts } from 'editor/drafts'

const form = document.querySelector('#editor')
const status = form.querySelector('#kept')
const others = document.querySelector('#others')

startDrafts({ form, status, others, sync: () => {}, words: form.dataset })

addEventListener('keydown', (event) => {
	if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== 'KeyS') return
	event.preventDefault()
	form.requestSubmit(form.querySelector('.bar button'))
})
