import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

// node bench/make-wxr.ts FILE [POSTS] [COMMENTS A POST] [PARAGRAPHS A POST]: a made-up WordPress export, the same every time.

const [file, posts = '10000', comments = '5', paragraphs = '4'] = process.argv.slice(2)
if (!file) throw new Error('node bench/make-wxr.ts FILE [POSTS] [COMMENTS A POST] [PARAGRAPHS A POST]')

const WORDS = {
	ru: 'вчера мы долго говорили о городе реке книгах людях письмах дороге осени свете дворе школе работе друзьях'.split(
		' ',
	),
	en: 'yesterday we talked about the city river books people letters road autumn light yard school work friends'.split(
		' ',
	),
}
const TAGS = Array.from({ length: 40 }, (_, at) => `tag-${at + 1}`)
const DAY = 86_400_000
const START = Date.UTC(2012, 0, 1)

// A generator of Lehmer: small, and the same on every machine.
let state = 20_120_101
function random(below: number): number {
	state = (state * 48_271) % 2_147_483_647
	return state % below
}

const out = createWriteStream(file)
await write(head())
for (let id = 1; id <= Number(posts); id++) await write(item(id))
await write('</channel>\n</rss>\n')
out.end()
await once(out, 'finish')

async function write(text: string): Promise<void> {
	if (!out.write(text)) await once(out, 'drain')
}

function head(): string {
	const spaces = ['excerpt:1.2/excerpt/', 'wp:1.2/'].map((space) => {
		const [prefix, path] = space.split(':')
		return `xmlns:${prefix}="http://wordpress.org/export/${path}"`
	})
	return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" ${spaces.join(' ')} xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
	<title>Made-up blog</title>
	<link>https://made-up.example</link>
	<language>ru-RU</language>
	<wp:base_blog_url>https://made-up.example</wp:base_blog_url>
	<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[writer]]></wp:author_login><wp:author_email><![CDATA[writer@made-up.example]]></wp:author_email><wp:author_display_name><![CDATA[Writer]]></wp:author_display_name></wp:author>
`
}

function item(id: number): string {
	const words = WORDS[id % 2 ? 'ru' : 'en']
	const time = START + Math.floor((id / Number(posts)) * 3650) * DAY + random(DAY)
	const name = `post-${id}`
	const text = Array.from({ length: Number(paragraphs) }, () => paragraph(words)).join('\n\n')
	const tags = [TAGS[random(40)]!, TAGS[random(40)]!].map(
		(tag) => `<category domain="post_tag" nicename="${tag}"><![CDATA[${tag}]]></category>`,
	)
	const responses = Array.from({ length: Number(comments) }, (_, at) => comment(id, at, time, words))
	return `	<item>
		<title><![CDATA[${sentence(words, 5)} ${id}]]></title>
		<link>https://made-up.example/${date(time).slice(0, 10).replaceAll('-', '/')}/${name}/</link>
		<dc:creator><![CDATA[writer]]></dc:creator>
		<guid isPermaLink="false">https://made-up.example/?p=${id}</guid>
		<content:encoded><![CDATA[${text}]]></content:encoded>
		<excerpt:encoded><![CDATA[]]></excerpt:encoded>
		<wp:post_id>${id}</wp:post_id>
		<wp:post_date><![CDATA[${date(time + DAY / 8)}]]></wp:post_date>
		<wp:post_date_gmt><![CDATA[${date(time)}]]></wp:post_date_gmt>
		<wp:comment_status><![CDATA[open]]></wp:comment_status>
		<wp:post_name><![CDATA[${name}]]></wp:post_name>
		<wp:status><![CDATA[publish]]></wp:status>
		<wp:post_type><![CDATA[post]]></wp:post_type>
		<category domain="category" nicename="category-${id % 7}"><![CDATA[Category ${id % 7}]]></category>
		${tags.join('\n\t\t')}
${responses.join('')}	</item>
`
}

function comment(post: number, at: number, time: number, words: string[]): string {
	const id = (post - 1) * Number(comments) + at + 1
	const parent = at > 0 && random(2) ? id - 1 : 0
	return `		<wp:comment>
			<wp:comment_id>${id}</wp:comment_id>
			<wp:comment_author><![CDATA[Reader ${random(500)}]]></wp:comment_author>
			<wp:comment_author_email><![CDATA[reader@made-up.example]]></wp:comment_author_email>
			<wp:comment_date_gmt><![CDATA[${date(time + at * 3_600_000)}]]></wp:comment_date_gmt>
			<wp:comment_content><![CDATA[${sentence(words, 20)} <a href="https://example.org/${id}">${words[0]}</a>

${sentence(words, 12)}]]></wp:comment_content>
			<wp:comment_approved><![CDATA[1]]></wp:comment_approved>
			<wp:comment_type><![CDATA[comment]]></wp:comment_type>
			<wp:comment_parent>${parent}</wp:comment_parent>
		</wp:comment>
`
}

function paragraph(words: string[]): string {
	const [first, second, third] = [sentence(words, 15), sentence(words, 20), sentence(words, 10)]
	return `${first} <strong>${second}</strong> <a href="https://example.com/${random(1000)}">${third}</a> ${sentence(words, 30)}`
}

function sentence(words: string[], length: number): string {
	const text = Array.from({ length }, () => words[random(words.length)]).join(' ')
	return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}

function date(time: number): string {
	return new Date(time).toISOString().slice(0, 19).replace('T', ' ')
}
