const PAUSE = 400

/** Counts the words and letters of a text as it grows. */
export function startWords(element, view) {
	const segmenter = new Intl.Segmenter(view.contentDOM.lang, { granularity: 'word' })
	const number = new Intl.NumberFormat(document.documentElement.lang)
	const outputs = element.querySelectorAll('output')
	let timer

	function count() {
		const text = view.state.doc.toString().replace(/<!--.*?-->|\]\([^)]*\)|^[#>*+-]+ /gms, ' ')
		let words = 0
		for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words++
		const letters = text.replace(/\s/g, '').length
		outputs[0].textContent = number.format(words)
		outputs[1].textContent = number.format(letters)
	}

	count()
	element.hidden = false
	return {
		soon() {
			clearTimeout(timer)
			timer = setTimeout(count, PAUSE)
		},
	}
}
