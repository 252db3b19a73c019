const PAUSE = 300

/** Shows the address the post will have while its title is typed. */
export function startSlug(form) {
	const { title, slug } = form.elements
	const address = form.querySelector('#address')
	const hint = form.dataset.address
	const post = /\/posts\/(\d+)\//.exec(form.dataset.draft)?.[1] ?? ''
	let timer
	let made = ''

	const show = () => {
		const name = slug.value.trim() || made
		address.textContent = name ? decodeURI(hint).replace('*', name) : ''
	}

	async function ask() {
		const query = new URLSearchParams({ title: title.value.slice(0, 300), lang: title.lang, post })
		const answer = await fetch(`/admin/posts/slug/?${query}`).catch(() => undefined)
		if (answer?.ok) made = (await answer.json()).slug
		show()
	}

	slug.addEventListener('input', show)
	title.addEventListener('input', () => {
		clearTimeout(timer)
		timer = setTimeout(ask, PAUSE)
	})
	if (slug.value || !title.value) show()
	else ask()
}
