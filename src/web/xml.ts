const UNFIT = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\u{10000}-\u{10ffff}]/gu
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** Text without what XML 1.0 forbids or advises against: control characters, lone surrogates, noncharacters. */
export function fitForXml(text: string): string {
	return text.replace(UNFIT, '')
}

/** Text to stand in XML, in an element or an attribute's quotes. */
export function escapeXml(text: string): string {
	return fitForXml(text).replace(/[&<>"\r]/g, (character) => ESCAPES[character]!)
}
