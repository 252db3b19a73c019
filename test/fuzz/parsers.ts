import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInput } from '../../src/comments/form.ts'
import { negotiate } from '../../src/i18n/negotiate.ts'
import { renderComment, renderImportedComment } from '../../src/markdown/comment.ts'
import { renderPost } from '../../src/markdown/render.ts'
import { descendants, parse } from '../../src/markdown/tree.ts'
import { sanitizeSvg } from '../../src/media/svg.ts'
import { parseLinkHeader } from '../../src/mentions/out/link-header.ts'
import { readPageLinks } from '../../src/mentions/out/page-links.ts'
import { readFault } from '../../src/mentions/out/pingback.ts'
import { readAddress, siteAt } from '../../src/mentions/source/address.ts'
import { decodePage } from '../../src/mentions/source/charset.ts'
import { readInWorker } from '../../src/mentions/source/worker.ts'
import { contentOf } from '../../src/micropub/content.ts'
import { readFormRequest, readJsonRequest } from '../../src/micropub/request.ts'
import { newWritten } from '../../src/micropub/written.ts'
import { isPublicAddress } from '../../src/net/public-address.ts'
import { checkPost, readPostForm } from '../../src/posts/form.ts'
import { readXliff } from '../../src/posts/translating/xliff/read.ts'
import { parseQuery } from '../../src/search/query.ts'
import { expandShortcodes } from '../../src/transfer/wxr/shortcodes.ts'
import { survey } from '../../src/transfer/wxr/survey.ts'
import { parseHttpDate } from '../../src/web/http-date.ts'
import { readBeginning, readRequest } from '../../src/xmlrpc/read.ts'
import { temporaryFolder } from '../support/folders.ts'

/** Something that reads what others send. */
export interface Parser {
	name: string
	/** The folder of its corpus. */
	corpus: string
	/** Words of its language. */
	tokens?: string[]
	/** Reads bytes. */
	read(bytes: Buffer): unknown
	/** Names of the errors by which it says that it can't; any other is a fault. */
	refuses?: string[]
	/** Milliseconds after which it gives up, where it reads in a thread that others don't wait for. */
	deadline?: number
}

const MARKDOWN = [
	'> ',
	'- ',
	'1. ',
	'*',
	'**',
	'_',
	'`',
	'```',
	'[',
	'](',
	'![',
	'|',
	'---',
	'# ',
	'[^1]',
	'<div>',
	'</p>',
	'<!--more-->',
]
const XML = ['<![CDATA[', ']]>', '<!DOCTYPE a [', '<!--', '-->', '<?xml ?>', '&amp;', '&#0;', '</', '/>', 'xmlns:a=""']
const SITE = siteAt('http://localhost')

const folder = temporaryFolder('fuzz')

function file(bytes: Buffer, extension: string): string {
	const path = join(folder, `input.${extension}`)
	writeFileSync(path, bytes)
	return path
}

async function rendered(source: string, format: 'markdown' | 'html') {
	const { html, excerpt } = await renderPost({ source, format, locale: 'ru', manualExcerpt: source.slice(0, 200) })
	for (const { tagName, attrs } of [...descendants(parse(html)), ...descendants(parse(excerpt))]) {
		const isSafe = attrs.every(
			({ name, value }) => !/^on/.test(name) && !/^\s*(javascript|data|vbscript):/i.test(value),
		)
		if (tagName === 'script' || !isSafe) throw new Error(`not safe: ${html.slice(0, 500)}`)
	}
}

function page(content: string, type: 'html' | 'text' | 'json') {
	return readInWorker({ content, type, url: 'http://other.example/1', site: SITE, wanted: ['http://localhost/ru/'] })
}

export const PARSERS: Parser[] = [
	{
		name: 'posts in Markdown',
		deadline: 7_000,
		corpus: 'markdown',
		tokens: MARKDOWN,
		read: (bytes) => rendered(String(bytes), 'markdown'),
	},
	{
		name: 'posts in HTML',
		deadline: 7_000,
		corpus: 'markdown',
		tokens: MARKDOWN,
		read: (bytes) => rendered(String(bytes), 'html'),
	},
	{
		name: 'comments',
		corpus: 'markdown',
		tokens: MARKDOWN,
		read: (bytes) => renderComment(String(bytes).slice(0, 10_000)),
	},
	{ name: 'imported comments', corpus: 'markdown', read: (bytes) => renderImportedComment(String(bytes)) },
	{
		name: 'shortcodes',
		corpus: 'markdown',
		tokens: ['[gallery', '[/caption]', '[[a]]'],
		read: (bytes) => expandShortcodes(String(bytes), () => 'x'),
	},
	{
		name: 'XML-RPC',
		corpus: 'xmlrpc',
		tokens: XML,
		refuses: ['Fault'],
		read: (bytes) => readRequest(bytes.subarray(0, 65_536)),
	},
	{
		name: 'the beginning of XML-RPC',
		corpus: 'xmlrpc',
		tokens: XML,
		refuses: ['Fault'],
		read: (bytes) => readBeginning(bytes.subarray(0, 65_536)),
	},
	{
		name: 'answers to pingbacks',
		corpus: 'xmlrpc',
		tokens: XML,
		refuses: ['Fault'],
		read: (bytes) => readFault(bytes.subarray(0, 65_536)),
	},
	{
		name: 'pages that mention',
		deadline: 8_000,
		corpus: 'page',
		tokens: ['<a href="http://localhost/ru/">', 'class="h-entry"'],
		read: (bytes) => page(decodePage(bytes, undefined), 'html'),
	},
	{ name: 'texts that mention', deadline: 8_000, corpus: 'page', read: (bytes) => page(String(bytes), 'text') },
	{ name: 'JSON that mentions', deadline: 8_000, corpus: 'json', read: (bytes) => page(String(bytes), 'json') },
	{
		name: 'links of pages',
		corpus: 'page',
		tokens: ['rel="webmention"'],
		read: (bytes) => readPageLinks(String(bytes)),
	},
	{
		name: 'charsets of pages',
		corpus: 'page',
		tokens: ['charset='],
		read: (bytes) => decodePage(bytes, String(bytes.subarray(0, 40))),
	},
	{
		name: 'Link headers',
		corpus: 'header',
		tokens: ['<', '>; rel=', '"webmention"', ',', ';'],
		read: (bytes) => parseLinkHeader(String(bytes)),
	},
	{
		name: 'exports of WordPress',
		corpus: 'wxr',
		tokens: [...XML, '<item>', '<wp:post_id>', '[:ru]'],
		refuses: ['NotWxrError'],
		read: (bytes) => survey(file(bytes, 'xml'), 'utf-8'),
	},
	{
		name: 'translations of translators (XLIFF)',
		corpus: 'xliff',
		tokens: [...XML, '<unit id="u1">', '<segment>', '<target>', '<pc id="1">'],
		refuses: ['Refused'],
		read: readXliff,
	},
	{
		name: 'Micropub in JSON',
		corpus: 'json',
		refuses: ['MicropubError'],
		read: (bytes) => written(() => readJsonRequest(String(bytes))),
	},
	{
		name: 'Micropub as a form',
		corpus: 'query',
		tokens: ['&content[html]=', '&category[]='],
		refuses: ['MicropubError'],
		read: (bytes) => written(() => readFormRequest(new URLSearchParams(String(bytes)))),
	},
	{
		name: 'forms of posts',
		corpus: 'query',
		tokens: ['&title=', '&slug=', '&published=', '&terms=&term='],
		read: readPost,
	},
	{
		name: 'forms of comments',
		corpus: 'query',
		tokens: ['&name=', '&email=', '&text=', '&parent='],
		read: (bytes) => readInput(new URLSearchParams(String(bytes))),
	},
	{
		name: 'Accept-Language',
		corpus: 'accept-language',
		tokens: [',', ';q=', 'ru', '-'],
		read: (bytes) => language(String(bytes)),
	},
	{
		name: 'what is searched for',
		corpus: 'search',
		tokens: ['"', '*', '-'],
		read: (bytes) => parseQuery(String(bytes)),
	},
	{
		name: 'dates of headers',
		corpus: 'header',
		tokens: ['Thu, 01 Jan 1970 00:00:00 GMT'],
		read: (bytes) => parseHttpDate(String(bytes), Date.now()),
	},
	{
		name: 'addresses of pages',
		corpus: 'path',
		tokens: ['http://', '[::1]', '@', '#'],
		read: (bytes) => readAddress(String(bytes), 'http://other.example/'),
	},
	{
		name: 'addresses of machines',
		corpus: 'path',
		tokens: ['127.0.0.1', '::', 'ffff:', '.'],
		read: (bytes) => isPublicAddress(String(bytes)),
	},
	{
		name: 'SVG',
		corpus: 'svg',
		tokens: [...XML, '<g>', 'href="'],
		refuses: ['UploadRefused'],
		read: (bytes) => sanitizeSvg(String(bytes)),
	},
]

function written(read: () => ReturnType<typeof readJsonRequest>): void {
	const request = read()
	if (request.action !== 'create') return
	newWritten(request.properties, 'Europe/Moscow', [])
	contentOf(request.properties)
}

function readPost(bytes: Buffer): void {
	const input = readPostForm(new URLSearchParams(String(bytes)), 'draft', 'ru', ['ru', 'en'])
	checkPost(input, undefined, 'Europe/Moscow')
}

function language(header: string): void {
	const chosen = negotiate(['ru', 'en'], header.slice(0, 10), header)
	if (!['ru', 'en'].includes(chosen)) throw new Error(`${chosen} was chosen`)
}
