import type { Translate } from '../i18n/catalog.ts'
import { direction } from '../i18n/languages.ts'
import { escapeHtml } from '../markdown/escape.ts'

interface Around {
	/** The address of a stylesheet. */
	style?: string
	/** What was sent to this address and isn't kept: it comes back, to be sent again. */
	fields?: [name: string, value: string][]
}

/** A page that needs neither database nor templates, for when there is nothing else to answer with. */
export function barePage(
	t: Translate,
	locale: string,
	key: '400' | '405' | '413' | '429' | '503',
	{ style, fields }: Around = {},
): string {
	// i18n: errors.400 errors.405 errors.413 errors.429 errors.503
	// i18n: errors.400Text errors.405Text errors.413Text errors.429Text errors.503Text
	const [title, text] = [escapeHtml(t(`errors.${key}`)), escapeHtml(t(`errors.${key}Text`))]
	const head = [
		'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${title}</title>`,
		style ? `<link rel="stylesheet" href="${escapeHtml(style)}">` : '',
	]
	const main = `<h1>${title}</h1>\n<p role="alert">${text}</p>${fields ? formOf(t, fields) : ''}`
	return `<!doctype html>
<html lang="${locale}" dir="${direction(locale)}">${head.join('')}
<body><div class="sheet"><main id="content" class="error">${main}</main></div></body></html>
`
}

/** One line is carried along unseen; what took longer to write is there to be seen, changed and copied. */
const LONG = 60

function formOf(t: Translate, fields: NonNullable<Around['fields']>): string {
	const inputs = fields.map(([name, value]) => {
		const [n, v] = [escapeHtml(name), escapeHtml(value)]
		if (!/\n/.test(value) && value.length <= LONG && name !== 'text') {
			return `<input type="hidden" name="${n}" value="${v}">`
		}
		// HTML drops a line break at the beginning of a textarea.
		return `<p class="field wide"><textarea name="${n}" rows="10" aria-label="${escapeHtml(t('errors.typed'))}">\n${v}</textarea></p>`
	})
	return `
<p>${escapeHtml(t('errors.kept'))}</p>
<form class="respond" method="post">${inputs.join('')}
<p class="buttons"><button type="submit">${escapeHtml(t('errors.again'))}</button></p></form>`
}
