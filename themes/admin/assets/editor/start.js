import { startCover } from 'editor/cover'
import { startDrafts } from 'editor/drafts'
import { fileChooser, filesOf } from 'editor/files'
import { startPanes } from 'editor/panes'
import { startSlug } from 'editor/slug'
import { startText } from 'editor/text'
import { startToolbar } from 'editor/toolbar'
import { startWords } from 'editor/words'

const form = document.querySelector('#editor')
const words = form.dataset
const status = form.querySelector('#kept')
const tell = (text) => {
	status.textContent = text
	status.classList.toggle('bad', text !== '')
}
const listeners = []

const { view, sync } = startText(form.querySelector('#text'), {
	nonce: document.querySelector('script[nonce]').nonce,
	extensions: filesOf(words, tell),
	changed: () => {
		for (const { soon } of listeners) soon()
	},
})

startToolbar(form.querySelector('.toolbar'), view, fileChooser(words, tell))
startSlug(form)
const drafts = startDrafts({ form, status, others: document.querySelector('#others'), sync, words })
const panes = startPanes({ form, sync, words, tell })
listeners.push(startWords(form.querySelector('.bar .length'), view), drafts, panes)
startCover(form.querySelector('.cover'), words, drafts.soon)
form.addEventListener('input', panes.soon)
form.classList.add('live')

addEventListener('keydown', (event) => {
	if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== 'KeyS') return
	event.preventDefault()
	form.requestSubmit(form.querySelector('.bar button'))
})

// What is typed is kept before another language is opened, so that nothing has to be asked.
for (const link of document.querySelectorAll('.siblings a')) {
	link.addEventListener('click', async (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return
		event.preventDefault()
		await drafts.keep()
		location.assign(link.href)
	})
}
