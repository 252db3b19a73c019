import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../src/db/schema.ts'
import { loadCatalog } from '../../../src/i18n/catalog.ts'
import { type ImportOptions, importWxr } from '../../../src/transfer/commands.ts'
import { type Said, say } from '../../../src/transfer/wxr/said.ts'
import { temporaryFolder } from '../../support/folders.ts'

/** What the command says it in. */
export const english = loadCatalog(['en']).translator('en')
export const inEnglish = (sentence: Said) => say(english, sentence)

const NAMESPACES =
	'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
	'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'

/** A whole export around some items; `channel` comes before them. */
export function wxr(items: string, channel = ''): string {
	return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" ${NAMESPACES}>
<channel>
<title>Old blog</title>
<link>https://old.example</link>
<language>ru-RU</language>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
${channel}
${items}
</channel>
</rss>
`
}

/** An item; fields left out are those of a plain published post. */
export function item(id: number, fields: Record<string, string> = {}, inside = ''): string {
	const all = {
		title: `Post ${id}`,
		link: `https://old.example/2020/05/07/post-${id}/`,
		guid: `https://old.example/?p=${id}`,
		'content:encoded': `Text ${id}.`,
		'excerpt:encoded': '',
		'wp:post_id': String(id),
		'wp:post_date': '2020-05-07 12:00:00',
		'wp:post_date_gmt': '2020-05-07 09:00:00',
		'wp:post_name': `post-${id}`,
		'wp:status': 'publish',
		'wp:post_type': 'post',
		...fields,
	}
	return `<item>\n${elements(all)}\n${inside}\n</item>`
}

/** A `wp:comment`. */
export function comment(id: number, fields: Record<string, string> = {}): string {
	const all = {
		'wp:comment_id': String(id),
		'wp:comment_author': `Reader ${id}`,
		'wp:comment_date_gmt': '2020-05-08 09:00:00',
		'wp:comment_content': `Answer ${id}`,
		'wp:comment_approved': '1',
		...fields,
	}
	return `<wp:comment>\n${elements(all)}\n</wp:comment>`
}

/** A `wp:postmeta`. */
export function meta(key: string, value: string): string {
	return `<wp:postmeta>${elements({ 'wp:meta_key': key, 'wp:meta_value': value })}</wp:postmeta>`
}

/** A category, tag or another term as an item names it. */
export function term(domain: string, nicename: string, name = nicename): string {
	return `<category domain="${domain}" nicename="${nicename}"><![CDATA[${name}]]></category>`
}

function elements(fields: Record<string, string>): string {
	const cdata = (text: string) => text.replaceAll(']]>', ']]]]><![CDATA[>')
	return Object.entries(fields)
		.map(([name, text]) => `<${name}><![CDATA[${cdata(text)}]]></${name}>`)
		.join('\n')
}

/** Writes a file into a folder of its own and gives its path. */
export function written(content: string | Buffer, name = 'export.xml'): string {
	const file = join(temporaryFolder('wxr'), name)
	writeFileSync(file, content)
	return file
}

/** The moment at which tests import. */
export const NOW = Date.UTC(2026, 0, 15)

/** Imports an export into a blog in Russian and English. */
export function importInto(db: Db, content: string | Buffer, options: ImportOptions & { languages?: string[] } = {}) {
	const { languages = ['ru', 'en'], ...others } = options
	const config = { languages, timezone: 'Europe/Moscow', storageUrl: `file:${temporaryFolder('media')}` }
	return importWxr({ db, config, now: NOW }, written(content), others)
}
