// The buttons of passkeys stay hidden where the browser has none; the server is asked by the forms themselves.
const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser

for (const form of document.querySelectorAll('form[data-passkey]')) {
	const button = form.querySelector('[data-passkey-button]')
	if (!browserSupportsWebAuthn()) continue
	for (const part of document.querySelectorAll('[data-passkey-part]')) part.hidden = false
	button.addEventListener('click', () => ask(form, button))
}

async function ask(form, button) {
	const isNew = form.dataset.passkeyKind === 'new'
	if (isNew && !form.reportValidity()) return
	const note = form.querySelector('[data-passkey-note]')
	note.textContent = ''
	button.disabled = true
	try {
		const optionsJSON = JSON.parse(form.dataset.passkey)
		const answer = await (isNew ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON }))
		form.elements.credential.value = JSON.stringify(answer)
		form.submit()
	} catch {
		note.textContent = note.dataset.failed
		button.disabled = false
	}
}
