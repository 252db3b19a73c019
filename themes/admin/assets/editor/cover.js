import { upload } from 'editor/files'

/** A button that uploads a picture and chooses it as the cover. */
export function startCover(fieldset, words, changed) {
	const button = fieldset.querySelector('button')
	const input = document.createElement('input')
	input.type = 'file'
	input.accept = 'image/*'
	input.addEventListener('change', async () => {
		const found = await upload(input.files[0])
		fieldset.querySelector('.uploaded').textContent = found.id
			? ''
			: found.reason || words.failed.replace('%s', input.files[0].name)
		if (found.id) choose(found)
	})
	button.addEventListener('click', () => input.click())
	button.hidden = false

	function choose({ id, url, name }) {
		const choice = fieldset.querySelector('.choices label').cloneNode()
		const radio = Object.assign(document.createElement('input'), {
			type: 'radio',
			name: 'cover',
			value: id,
			checked: true,
		})
		const picture = Object.assign(document.createElement('img'), { src: url, alt: name })
		choice.append(radio, picture)
		fieldset.querySelector('.choices label').after(choice)
		changed()
	}
}
