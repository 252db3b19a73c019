import type { Config } from '../../config.ts'
import type { Time } from '../../db/schema.ts'
import { permalink } from '../../posts/permalink.ts'
import { escapeXml } from '../../web/xml.ts'
import type { Names, WholePost, WholeTranslation } from '../queries.ts'
import { writeComment } from './comments.ts'
import { wpDate } from './dates.ts'
import type { WpTerms } from './terms.ts'
import { around, cdata, meta, plain } from './xml.ts'

/** What items lean on. */
export interface ItemRoom {
	config: Pick<Config, 'siteUrl' | 'languages' | 'timezone'>
	now: Time
	names: Names
	terms: WpTerms
	/** The number that an upload has there. */
	attachmentId(mediaId: number): number
}

/** The key of the group that joins the translations of a post. */
export function groupKey(postId: number): string {
	return `pll_post_${postId}`
}

/** A text as a post of its own; the conversation of all languages stands under the first. */
export function writeItem(room: ItemRoom, post: WholePost, text: WholeTranslation): string {
	const { config, now } = room
	const { timezone } = config
	const isTrash = text.status === 'trash'
	const time = text.published_at ?? text.modified_at
	const first = mainText(room, post)
	return around(
		'item',
		cdata('title', escapeXml(text.title)) +
			plain('link', config.siteUrl + permalink(text)) +
			plain('pubDate', new Date(time).toUTCString()) +
			cdata('dc:creator', room.names.authors.find(({ id }) => id === post.author_id)?.slug ?? '') +
			`<guid isPermaLink="false">${escapeXml(text.guid)}</guid>\n<description></description>\n` +
			cdata('content:encoded', absolute(text.html, config.siteUrl)) +
			cdata('excerpt:encoded', text.manual_excerpt) +
			plain('wp:post_id', text.id) +
			cdata('wp:post_date', wpDate(time, timezone)) +
			cdata('wp:post_date_gmt', wpDate(text.published_at, 'UTC')) +
			cdata('wp:post_modified', wpDate(text.modified_at, timezone)) +
			cdata('wp:post_modified_gmt', wpDate(text.modified_at, 'UTC')) +
			cdata('wp:comment_status', post.comments_open === 1 ? 'open' : 'closed') +
			cdata('wp:ping_status', post.pings_open === 1 ? 'open' : 'closed') +
			cdata('wp:post_name', isTrash ? `${text.slug}__trashed` : text.slug) +
			cdata('wp:status', statusOf(text, now)) +
			plain('wp:post_parent', parentOf(room, post, text.locale)) +
			plain('wp:menu_order', post.position) +
			cdata('wp:post_type', text.kind) +
			cdata('wp:post_password', text.password ?? '') +
			plain('wp:is_sticky', post.sticky) +
			termsOf(room, post, text) +
			metaOf(room, post, text) +
			(text === first ? post.comments.map((row) => writeComment(row, timezone)).join('') : ''),
	)
}

/** An upload as an attachment. */
export function writeAttachment(
	{ config, names, attachmentId }: ItemRoom,
	{ id, path, name, created_at, author_id }: Names['media'][number],
): string {
	const { siteUrl, timezone } = config
	const address = `${siteUrl}/media/${path.split('/').map(encodeURIComponent).join('/')}`
	const alt = names.mediaTexts.find((row) => row.media_id === id && row.alt !== '')?.alt
	return around(
		'item',
		cdata('title', escapeXml(name)) +
			plain('link', address) +
			plain('pubDate', new Date(created_at).toUTCString()) +
			cdata('dc:creator', names.authors.find((author) => author.id === author_id)?.slug ?? '') +
			`<guid isPermaLink="false">${escapeXml(address)}</guid>\n<description></description>\n` +
			cdata('content:encoded', '') +
			cdata('excerpt:encoded', '') +
			plain('wp:post_id', attachmentId(id)) +
			cdata('wp:post_date', wpDate(created_at, timezone)) +
			cdata('wp:post_date_gmt', wpDate(created_at, 'UTC')) +
			cdata('wp:comment_status', 'closed') +
			cdata('wp:ping_status', 'closed') +
			cdata('wp:post_name', name.replace(/\.[^.]*$/, '')) +
			cdata('wp:status', 'inherit') +
			plain('wp:post_parent', 0) +
			plain('wp:menu_order', 0) +
			cdata('wp:post_type', 'attachment') +
			cdata('wp:post_password', '') +
			plain('wp:is_sticky', 0) +
			plain('wp:attachment_url', address) +
			meta('post', '_wp_attached_file', path) +
			(alt ? meta('post', '_wp_attachment_image_alt', alt) : ''),
	)
}

function mainText({ config }: ItemRoom, { translations }: WholePost): WholeTranslation | undefined {
	const found = config.languages.map((code) => translations.find(({ locale }) => locale === code))
	return found.find((text) => text !== undefined) ?? translations[0]
}

function statusOf({ status, published_at }: WholeTranslation, now: Time): string {
	if (status !== 'published') return status
	return (published_at ?? 0) > now ? 'future' : 'publish'
}

function parentOf({ names }: ItemRoom, { parent_id }: WholePost, locale: string): number {
	if (parent_id === null) return 0
	const above = names.places.filter((place) => place.post_id === parent_id)
	return (above.find((place) => place.locale === locale) ?? above[0])?.id ?? 0
}

function termsOf({ terms }: ItemRoom, post: WholePost, { locale }: WholeTranslation): string {
	const named = post.terms.flatMap((id) => terms.find(id, locale) ?? [])
	const all = [
		...named,
		{ taxonomy: 'language', slug: locale, name: locale },
		...(post.translations.length > 1
			? [{ taxonomy: 'post_translations', slug: groupKey(post.id), name: groupKey(post.id) }]
			: []),
	]
	return all
		.map(({ taxonomy, slug, name }) =>
			cdata('category', name).replace('<category>', `<category domain="${taxonomy}" nicename="${escapeXml(slug)}">`),
		)
		.join('')
}

/** What WordPress knows by other names, and what it has no place for, for Otklik. */
function metaOf({ attachmentId }: ItemRoom, post: WholePost, text: WholeTranslation): string {
	const own = <Row extends { translation_id: number }>(rows: Row[]) =>
		rows.filter((row) => row.translation_id === text.id)
	return [
		...(post.cover_id === null ? [] : [meta('post', '_thumbnail_id', String(attachmentId(post.cover_id)))]),
		...(text.status === 'trash' ? [meta('post', '_wp_desired_post_slug', text.slug)] : []),
		...own(post.oldSlugs).map(({ slug }) => meta('post', '_wp_old_slug', slug)),
		...own(post.enclosures).map(({ url, bytes, mime }) => meta('post', 'enclosure', `${url}\n${bytes}\n${mime}\n`)),
		meta('post', '_otklik', JSON.stringify(ownOf(post, text))),
	].join('')
}

function ownOf({ created_at }: WholePost, text: WholeTranslation) {
	const { title, format, source, published_at, modified_at, year, month } = text
	const { revision, major_revision, source_locale, source_revision } = text
	return {
		...{ title, format, source, created_at, published_at, modified_at, year, month },
		...{ revision, major_revision, source_locale, source_revision },
	}
}

/** Addresses of this blog as they are from elsewhere. */
function absolute(html: string, site: string): string {
	return html.replace(/(?<=\s(?:src|href|poster)="|\ssrcset="|\ssrcset="[^"]*, )\/(?!\/)/g, `${site}/`)
}
