// Nothing here is needed: every page works without it.

for (const link of document.querySelectorAll('.languages a')) {
	link.addEventListener('click', () => {
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain HTTP
		document.cookie = `lang=${link.hreflang};path=/;max-age=31536000;samesite=lax`
	})
}

const share = document.querySelector('.share')
if (share) addShareButtons(share)

function addShareButtons(share) {
	const { url, title } = share.dataset
	const extra = share.querySelector('template').content.cloneNode(true)
	const dialog = extra.querySelector('dialog')
	const status = share.querySelector('[role=status]')
	const actions = {
		mastodon: () => askServer(dialog),
		copy: async () => {
			await navigator.clipboard.writeText(url)
			say(status, status.dataset.copied)
		},
		system: () => navigator.share({ title, url }),
	}
	if (!navigator.clipboard) delete actions.copy
	if (!navigator.share) delete actions.system
	share.append(dialog)
	for (const button of extra.querySelectorAll('[data-share]')) {
		const action = actions[button.dataset.share]
		// A sheet that is closed and a clipboard that is forbidden reject: the reader has seen it.
		if (action) button.addEventListener('click', () => Promise.resolve(action()).catch(() => {}))
		else button.closest('li').remove()
	}
	share.querySelector('ul').append(...extra.querySelectorAll('li'))
	dialog.querySelector('form').addEventListener('submit', ({ target }) => {
		const server = hostOf(target.elements.server.value)
		if (!server) return
		remember(server)
		window.open(`https://${server}/share?text=${encodeURIComponent(`${title} ${url}`)}`, '_blank', 'noopener')
	})
}

function askServer(dialog) {
	dialog.querySelector('input').value = remembered()
	dialog.showModal()
}

/** The host name in `mastodon.social`, `https://mastodon.social/about` or `@me@mastodon.social`. */
function hostOf(text) {
	const [name] = text
		.trim()
		.replace(/^https?:\/\//i, '')
		.split('/')
	try {
		return new URL(`https://${name.replace(/^.*@/, '')}`).host
	} catch {
		return ''
	}
}

// The storage is closed to pages where cookies are forbidden.
function remember(server) {
	try {
		localStorage.setItem('mastodon', server)
	} catch {}
}

function remembered() {
	try {
		return localStorage.getItem('mastodon') ?? ''
	} catch {
		return ''
	}
}

function say(status, text) {
	status.textContent = text
	setTimeout(() => {
		status.textContent = ''
	}, 5000)
}

const form = document.getElementById('respond')
if (form) prepareForm(form)

/** A reply is written where it will stand, and a writer who asked to be remembered is. */
function prepareForm(form) {
	const home = form.previousElementSibling
	const heading = form.querySelector('h3')
	const first = heading.textContent
	const cancel = form.querySelector('.cancel')
	const cameAsReply = form.elements.parent.value !== ''
	let opener
	const move = (parent, text) => {
		form.elements.parent.value = parent
		heading.textContent = text
		cancel.hidden = parent === ''
	}
	for (const link of document.querySelectorAll('[data-reply]')) {
		link.addEventListener('click', (event) => {
			event.preventDefault()
			opener = link
			link.closest('article').after(form)
			move(link.dataset.reply, link.dataset.name)
			form.elements.text.focus()
		})
	}
	cancel.addEventListener('click', (event) => {
		// A form that came with the page as a reply goes back by its link.
		if (cameAsReply) return
		event.preventDefault()
		home.after(form)
		move('', first)
		opener.focus()
	})
	const { name, email, url } = form.elements
	const kept = rememberedWriter()
	if (name.value || !kept) return
	name.value = kept.name
	email.value = kept.email
	url.value = kept.url
	form.elements.remember.checked = true
}

function rememberedWriter() {
	const cookie = /(?:^|; )commenter=([^;]+)/.exec(document.cookie)
	try {
		return cookie && JSON.parse(decodeURIComponent(cookie[1]))
	} catch {
		return null
	}
}
