import type { Translate } from '../i18n/catalog.ts'
import { escapeHtml } from '../markdown/escape.ts'

/** A page that needs neither database nor theme, for when there is nothing else to answer with. */
export function barePage(t: Translate, locale: string, key: '400' | '413' | '503'): string {
	// i18n: errors.400 errors.413 errors.503 errors.400Text errors.413Text errors.503Text
	const [title, text] = [escapeHtml(t(`errors.${key}`)), escapeHtml(t(`errors.${key}Text`))]
	return `<!doctype html>\n<html lang="${locale}"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p role="alert">${text}</p></html>\n`
}
