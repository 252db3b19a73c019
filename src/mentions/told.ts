import { languageOf } from '../comments/language.ts'
import type { MentionType, Time } from '../db/schema.ts'
import { renderImportedComment } from '../markdown/comment.ts'
import { escapeHtml } from '../markdown/escape.ts'
import { cutAtWord } from '../markdown/text.ts'
import { readAddress } from './source/address.ts'
import type { Entry } from './source/microformats.ts'
import type { Link, Read } from './source/read.ts'

/** What a page says about a post, as a response to it. */
export interface Told {
	mention: MentionType
	name: string
	/** Of the page; '' when the response goes by it. */
	title: string
	author_url: string
	/** The address of the writer's picture, or ''. */
	photo: string
	/** Safe HTML. */
	html: string
	locale: string
	created_at: Time
}

/** What is needed besides the page. */
export interface Setting {
	/** The blog's. */
	languages: string[]
	/** Of the text that is mentioned. */
	locale: string
	host: string
	/** When the mentioned text appeared, and the present moment: what claims to lie outside is dated now. */
	from: Time
	now: Time
}

/** A reply up to this length is shown whole. */
const LONGEST_REPLY = 2_000
const SUMMARY = 300
const LONGEST_NAME = 80
const NOBODY = /^(admin|administrator|root|user|author|админ|администратор)$/i

/** Makes a response of what a page says: `link` leads to the post, `type` is how the page's entry speaks of it. */
export async function tell(
	page: Read & { entry?: Entry },
	{ link, type }: { link?: Link; type: MentionType },
	setting: Setting,
): Promise<Told> {
	const { entry, title } = page
	const named = entry?.name || title
	const person = entry?.author?.name || (NOBODY.test(page.author) ? '' : page.author)
	const { html, text, hint } = sayingOf(page, link, type)
	return {
		mention: type,
		name: cutAtWord(person || named || setting.host, LONGEST_NAME, setting.locale),
		title: person ? named : '',
		author_url: readAddress(entry?.author?.url ?? '')?.href ?? '',
		photo: readAddress(entry?.author?.photo ?? '')?.href ?? '',
		html: html || `<p>${escapeHtml(named || setting.host)}</p>`,
		locale: await languageOf(text, setting.languages, languageIn(hint) ?? setting.locale),
		created_at: momentOf(entry?.published || page.published, setting),
	}
}

interface Saying {
	html: string
	/** To tell the language from, and what the page says it is. */
	text: string
	hint: string
}

function sayingOf({ entry, title }: Read & { entry?: Entry }, link: Link | undefined, type: MentionType): Saying {
	const hint = link?.lang ?? ''
	const own = entry?.text ?? ''
	if (type === 'like' || type === 'repost') return { html: '', text: title, hint }
	if (type === 'reply' && own) {
		const whole = own.length <= LONGEST_REPLY && entry!.html !== ''
		return { html: whole ? renderImportedComment(inOneLine(entry!.html)) : paragraph(own), text: own, hint }
	}
	const summary = entry?.summary || own
	const speaks = summary !== '' && type !== 'mention'
	if (link?.isLink && !speaks) return { html: `<p>${escapeHtml(link.excerpt)}</p>`, text: link.around, hint }
	return { html: summary && paragraph(summary), text: summary, hint }
}

/** Line breaks of the markup are none of the text. */
function inOneLine(html: string): string {
	return /<pre\b/i.test(html) ? html : html.replace(/\s+/g, ' ')
}

function paragraph(text: string): string {
	return `<p>${escapeHtml(cutAtWord(text, SUMMARY, 'en'))}</p>`
}

function languageIn(hint: string): string | undefined {
	return /^[a-z]{2,3}(?=$|[-_])/i.exec(hint.trim())?.[0].toLowerCase()
}

function momentOf(text: string, { from, now }: Setting): Time {
	const moment = Date.parse(text)
	return moment >= from && moment <= now ? moment : now
}
