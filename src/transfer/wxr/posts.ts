import type { PostKind, Time } from '../../db/schema.ts'
import { dayOf } from '../../i18n/dates.ts'
import { renderPost } from '../../markdown/render.ts'
import { permalink } from '../../posts/permalink.ts'
import { decodeSlug, exactAddresses, likelyAddresses, redirectKey } from './addresses.ts'
import type { ImportContext } from './context.ts'
import { momentOf, momentOfPubDate, parseDate } from './dates.ts'
import { nameOf, statusOf } from './kinds.ts'
import type { ItemLanguages, Version } from './languages.ts'
import { mediaHtml } from './media-html.ts'
import { type OwnText, ownText } from './own.ts'
import { plainText } from './plain-text.ts'
import type { PlannedPost, PlannedTranslation } from './plan.ts'
import { splitLanguages } from './qtranslate.ts'
import { said } from './said.ts'
import { expandShortcodes, shortcodeNames } from './shortcodes.ts'
import { slugOf } from './slugs.ts'
import type { WxrItem } from './types.ts'

const LARGEST_INTEGER = 2 ** 31 - 1

/** The key of an item in `imports`: numbers alone may repeat where two exports were joined. */
export function itemKey({ id, guid, link }: WxrItem): string {
	return `${id}|${guid || link}`
}

/** Prepares what all languages of a post share. */
export async function planPost(context: ImportContext, item: WxrItem): Promise<PlannedPost['row']> {
	const cover = context.survey.attachments.get(metaOf(item, '_thumbnail_id') ?? '')
	const upload = cover?.path ? await context.uploads.take(cover.path, cover.url) : undefined
	return {
		kind: kindOf(item),
		author_id: context.authors.idOf(item.creator),
		parent_id: null,
		position: Math.trunc(clamp(Number(item.menuOrder) || 0)),
		sticky: item.sticky ? 1 : 0,
		comments_open: item.commentStatus === 'closed' ? 0 : 1,
		pings_open: item.pingStatus === 'closed' ? 0 : 1,
		cover_id: upload?.id || null,
		created_at: ownText(item.meta)?.created_at ?? timeOf(context, item) ?? context.now,
	}
}

/** Prepares one language of a post. */
export async function planTranslation(
	context: ImportContext,
	item: WxrItem,
	version: Version,
	languages: ItemLanguages,
): Promise<PlannedTranslation> {
	const { tally, names, timezone, now } = context
	const isFirst = version === mainVersion(context, languages)
	const kind = kindOf(item)
	const own = ownText(item.meta)
	const title = own?.title ?? plainText(version.title)
	const format = own?.format ?? 'html'
	const source = own ? await context.uploads.rewrite(own.source) : await textOf(context, item, version)
	const excerpt = (await context.uploads.rewrite(version.excerpt)).trim()
	const rendered = await renderPost({ source, format, locale: version.locale, manualExcerpt: excerpt }, (src) =>
		context.uploads.sizeOf(src),
	)
	const time = own ? own.published_at : publicationOf(context, item)
	const wish = slugIn(item, version, title)
	const slug = names.slug(kind, version.locale, wish)
	if (slug !== wish)
		tally.note(said('importer.change.slug'), said('importer.name.slug', { item: nameOf(item), wish, slug }))
	const guid = guidOf(context, item, version, isFirst)
	const row: PlannedTranslation['row'] = {
		kind,
		locale: version.locale,
		slug,
		title,
		format,
		source,
		manual_excerpt: excerpt,
		html: rendered.html,
		excerpt: rendered.excerpt,
		excerpt_cut: rendered.excerptCut ? 1 : 0,
		text: rendered.text,
		words: rendered.words,
		status: storedStatus(item),
		password: item.password || null,
		published_at: time,
		modified_at: momentOf(item.modifiedGmt, item.modified, timezone) ?? time ?? now,
		...monthOf(item, time, timezone),
		guid,
		...(own && versionOf(own)),
	}
	return {
		row,
		oldSlugs: oldSlugsOf(item).filter((old) => old !== slug),
		enclosures: enclosuresOf(item),
		addresses: addressesOf(context, item, languages, { isFirst, row, wish }),
		importKey: languages.isSplit ? `${itemKey(item)}:${version.locale}` : undefined,
	}
}

/** The language whose text stood at the plain addresses: the old blog's own, else the first. */
export function mainVersion({ fallback }: ImportContext, { versions }: ItemLanguages): Version | undefined {
	return versions.find(({ locale }) => locale === fallback) ?? versions[0]
}

/** What Otklik has kept of a text exactly: its months, its revisions, what it was translated from. */
function versionOf({ modified_at, year, month, revision, major_revision, source_locale, source_revision }: OwnText) {
	return { modified_at, year, month, revision, major_revision, source_locale, source_revision }
}

async function textOf(context: ImportContext, item: WxrItem, { content, locale }: Version): Promise<string> {
	const { attachments, children } = context.survey
	const pictures = (ids: string[]) =>
		ids.flatMap((id) => {
			const found = attachments.get(id)
			const words = (text: string) => plainText(splitLanguages(text).in(locale))
			return found ? [{ ...found, title: words(found.title), caption: splitLanguages(found.caption).in(locale) }] : []
		})
	const byIds = new Map<string, ReturnType<typeof pictures>[number]>()
	const once = (ids: string[]) => {
		for (const one of pictures(ids.filter((id) => !byIds.has(id)))) byIds.set(one.id, one)
		return ids.flatMap((id) => byIds.get(id) ?? [])
	}
	const expanded = expandShortcodes(content, (shortcode) =>
		mediaHtml(shortcode, { byIds: once, ofPost: () => once(children.get(item.id) ?? []) }),
	)
	for (const name of shortcodeNames(expanded))
		context.tally.note(said('importer.change.shortcode', { name }), nameOf(item))
	return context.uploads.rewrite(expanded.replace(/<!--\s*nextpage\s*-->/g, ''))
}

function kindOf({ type }: WxrItem): PostKind {
	return type === 'page' ? 'page' : 'post'
}

function storedStatus(item: WxrItem) {
	const known = statusOf(item)
	return 'status' in known ? known.status : 'draft'
}

function timeOf({ timezone }: ImportContext, item: WxrItem): Time | undefined {
	return momentOf(item.dateGmt, item.date, timezone) ?? momentOfPubDate(item.pubDate)
}

function publicationOf(context: ImportContext, item: WxrItem): Time | null {
	const status = storedStatus(item)
	if (status === 'draft') return null
	const time = timeOf(context, item)
	if (time === undefined && status !== 'trash') {
		context.tally.note(said('importer.change.date'), nameOf(item))
		return momentOf(item.modifiedGmt, item.modified, context.timezone) ?? context.now
	}
	return time ?? null
}

/** Year and month as the old permalink had them: by the old blog's own clock. */
function monthOf(item: WxrItem, time: Time | null, timezone: string) {
	if (time === null) return { year: null, month: null }
	const { year, month } = parseDate(item.date) ?? dayOf(time, timezone)
	return { year, month }
}

/** The slug of a language: one of its own by qTranslate's slug plugins, else the item's. */
function slugIn(item: WxrItem, { locale }: Version, title: string): string {
	const own = metaOf(item, `_qts_slug_${locale}`) ?? metaOf(item, `qtranslate_slug_${locale}`)
	return own ? decodeSlug(own) : slugOf(item, title)
}

function guidOf({ names, survey, tally }: ImportContext, item: WxrItem, { locale }: Version, isFirst: boolean): string {
	const own = item.guid || item.link || `${survey.site.url}/?p=${item.id}`
	const wishes = isFirst ? [own, item.link, `${own}#${item.id}`] : [`${own}#${locale}`]
	const guid = names.guid(wishes)
	if (isFirst && guid !== own) tally.note(said('importer.change.guid'), nameOf(item))
	return guid
}

function addressesOf(
	{ survey }: ImportContext,
	item: WxrItem,
	{ isSplit }: ItemLanguages,
	{ isFirst, row, wish }: { isFirst: boolean; row: PlannedTranslation['row']; wish: string },
): string[] {
	const exact = exactAddresses(survey.site, item)
	// A draft never had an address but its number.
	const likely = row.status === 'draft' ? [] : likelyAddresses(survey.site, item, [wish, ...oldSlugsOf(item)])
	const plain = [...exact, ...likely.filter((path) => !survey.addresses.has(path))]
	const marked = isSplit ? exact.flatMap((path) => inLanguage(path, row.locale, survey.site.folder)) : []
	const here = redirectKey(permalink({ ...row, year: row.year ?? null, month: row.month ?? null }))
	return [...new Set([...(isFirst ? plain : []), ...marked])].filter((path) => path !== here)
}

/** qTranslate's ways to ask for a language: in the path and in the query. */
function inLanguage(path: string, locale: string, folder: string): string[] {
	const inPath = path.startsWith(`${folder}/`) ? [`${folder}/${locale}${path.slice(folder.length)}`] : []
	const [before, query] = path.split('?')
	return [
		...inPath,
		`${before}?lang=${locale}${query ? `&${query}` : ''}`,
		`${before}?${query ? `${query}&` : ''}lang=${locale}`,
	]
}

function oldSlugsOf(item: WxrItem): string[] {
	const slugs = item.meta.filter(({ key, value }) => key === '_wp_old_slug' && value.trim() !== '')
	return [...new Set(slugs.map(({ value }) => decodeSlug(value.trim())))]
}

function enclosuresOf(item: WxrItem): PlannedTranslation['enclosures'] {
	const found = item.meta.filter(({ key }) => key === 'enclosure').map(({ value }) => value.split('\n'))
	const whole = found.filter(([url]) => /^https?:\/\//.test(url!.trim()))
	return whole.map(([url, bytes, mime]) => ({
		url: url!.trim(),
		mime: /^[\w.+-]+\/[\w.+-]+$/.exec(mime?.trim() ?? '')?.[0] ?? 'application/octet-stream',
		bytes: Math.max(0, Math.trunc(clamp(Number(bytes) || 0))),
	}))
}

function metaOf(item: WxrItem, wanted: string): string | undefined {
	return item.meta.find(({ key, value }) => key === wanted && value.trim() !== '')?.value.trim()
}

function clamp(number: number): number {
	return Math.max(-LARGEST_INTEGER, Math.min(LARGEST_INTEGER, number))
}
