import { escapeHtml } from '../markdown/escape.ts'

/** What TrackBack answers: that all is well, or what isn't. */
export function trackbackAnswer(error?: string): string {
	const said = error === undefined ? '<error>0</error>' : `<error>1</error><message>${escapeHtml(error)}</message>`
	return `<?xml version="1.0" encoding="utf-8"?>\n<response>${said}</response>\n`
}
