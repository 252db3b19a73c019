// The queue by keyboard: j and k move among responses, the other keys press the page's own buttons.
const responses = [...document.querySelectorAll('.queue .response')]
const help = document.querySelector('#keys')
const opener = document.querySelector('#keys-open')
const switched = document.querySelector('#keys-on')
const OFF = 'queue-keys-off'
const NEXT = 'queue-next'

const BUTTONS = { a: 'approve', s: 'spam', d: 'trash' }
const DETAILS = { r: 'reply', e: 'edit' }

start()

function start() {
	opener.hidden = false
	opener.addEventListener('click', () => help.showModal())
	switched.checked = localStorage.getItem(OFF) === null
	switched.addEventListener('change', () => {
		if (switched.checked) localStorage.removeItem(OFF)
		else localStorage.setItem(OFF, '1')
	})
	document.addEventListener('keydown', onKey)
	document.addEventListener('submit', keepNeighbour)
	startChoosing()
	returnToNeighbour()
}

/** In another layout the place of a key stands for its letter. */
function letterOf({ key, code }) {
	if (/^[a-z?]$/i.test(key)) return key.toLowerCase()
	return /^Key[A-Z]$/.test(code) && key.length === 1 ? code.slice(3).toLowerCase() : key
}

function onKey(event) {
	const { target } = event
	if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.isComposing) return
	const isTyping = target.matches('input:not([type=checkbox]), textarea, select')
	if (event.key === 'Escape' && isTyping) return leaveForm(target)
	const letter = letterOf(event)
	if (isTyping || (!switched.checked && letter !== '?')) return
	if (act(letter)) event.preventDefault()
}

/** Does what a key asks for; false when it asks for nothing. */
function act(letter) {
	const here = current()
	if (letter === 'j') return focus(here ? responses[responses.indexOf(here) + 1] : responses[0])
	if (letter === 'k') return focus(here ? responses[responses.indexOf(here) - 1] : responses[0])
	if (letter === '?') return help.showModal() === undefined
	if (letter === 'u') return press(document.querySelector('#done button'))
	if (!here) return false
	if (letter === 'x') return press(here.querySelector('header input'))
	if (letter in BUTTONS) return press(here.querySelector(`.deeds > form button[value=${BUTTONS[letter]}]`))
	return letter in DETAILS && open(here.querySelector(`details.${DETAILS[letter]}`))
}

function current() {
	return document.activeElement?.closest('.response')
}

function focus(response) {
	if (!response) return true
	response.focus()
	response.scrollIntoView({ block: 'nearest' })
	return true
}

function press(button) {
	button?.click()
	return true
}

function open(details) {
	if (!details) return true
	details.open = true
	details.querySelector('textarea, input:not([type=hidden])').focus()
	return true
}

function leaveForm(field) {
	const response = field.closest('.response')
	if (response) focus(response)
}

/** After a decision the queue comes anew: whoever works in it goes on with the next. */
function keepNeighbour({ target }) {
	const here = target.closest('.response')
	if (!here) return sessionStorage.removeItem(NEXT)
	const at = responses.indexOf(here)
	const names = [here, ...responses.slice(at + 1, at + 3), responses[at - 1]].map((one) => one?.id)
	sessionStorage.setItem(NEXT, names.filter(Boolean).join(' '))
}

function returnToNeighbour() {
	const names = (sessionStorage.getItem(NEXT) ?? '').split(' ').filter(Boolean)
	sessionStorage.removeItem(NEXT)
	const done = document.querySelector('#done [role=status], .notice[role=status]')
	if (names.length === 0 || !done) return
	focus(names.map((name) => document.getElementById(name)).find(Boolean) ?? responses[0])
	// What is there from the start isn't announced: say it once more.
	const text = done.textContent
	done.textContent = ''
	setTimeout(() => {
		done.textContent = text
	}, 100)
}

function startChoosing() {
	const all = document.querySelector('#all')
	if (!all) return
	const boxes = responses.map((response) => response.querySelector('header input'))
	const told = document.querySelector('#ticked')
	const tell = () => {
		const count = boxes.filter((box) => box.checked).length
		told.textContent = count > 0 ? document.querySelector('.queue').dataset.chosen.replace('%s', count) : ''
		all.checked = count === boxes.length
		all.indeterminate = count > 0 && count < boxes.length
	}
	all.addEventListener('change', () => {
		for (const box of boxes) box.checked = all.checked
		tell()
	})
	for (const box of boxes) box.addEventListener('change', tell)
	tell()
}
