import { escapeXml, fitForXml } from '../../web/xml.ts'

/** `<name>text</name>` with the text in CDATA, as WordPress writes what people wrote. */
export function cdata(name: string, text: string): string {
	return `<${name}><![CDATA[${fitForXml(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>\n`
}

/** `<name>text</name>` with the text escaped. */
export function plain(name: string, text: string | number): string {
	return `<${name}>${escapeXml(String(text))}</${name}>\n`
}

/** An element around others. */
export function around(name: string, inner: string): string {
	return `<${name}>\n${inner}</${name}>\n`
}

/** A `wp:postmeta`, `wp:commentmeta` or `wp:termmeta`. */
export function meta(kind: 'post' | 'comment' | 'term', key: string, value: string): string {
	return around(`wp:${kind}meta`, cdata('wp:meta_key', key) + cdata('wp:meta_value', value))
}
