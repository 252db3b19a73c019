import { dayPath, monthPath, yearPath } from '../../archive/paths.ts'
import { bumpPosts } from '../../db/versions.ts'
import { writeSetting } from '../../settings/queries.ts'
import { type OldSite, withFolder } from './addresses.ts'
import type { ImportContext } from './context.ts'
import { plainText } from './plain-text.ts'
import { insertRedirects, type RedirectRow, readSettingLocales, setPostParent } from './queries.ts'

/** The old page of an attachment. */
export interface AttachmentPage {
	addresses: string[]
	/** The copied file. */
	file?: string
	/** Number of the post it belongs to. */
	parent: string
}

/** Stores what needs the whole file to have been read: page trees, terms without posts, addresses of listings. */
export async function finishImport(context: ImportContext, pages: AttachmentPage[]): Promise<void> {
	await context.db.transaction().execute(async (trx) => {
		for (const [id, number] of context.parents) {
			const parentId = context.stored.get(number)?.postId
			if (parentId !== undefined && !isBelow(context, parentId, id)) await setPostParent(trx, id, parentId)
		}
		await context.terms.storeRest(trx, context.fallback)
		context.redirects += await insertRedirects(trx, redirectsOf(context, pages))
		await nameBlog(context, trx)
		await bumpPosts(trx, context.languages)
	})
}

/** Whether a page stands under another one, by what the file says. */
function isBelow({ parents, stored }: ImportContext, id: number, above: number): boolean {
	const seen = new Set<number>()
	for (let one: number | undefined = id; one !== undefined && !seen.has(one); ) {
		if (one === above) return true
		seen.add(one)
		one = stored.get(parents.get(one) ?? '')?.postId
	}
	return false
}

function redirectsOf(context: ImportContext, pages: AttachmentPage[]): RedirectRow[] {
	const { survey, languages, days, terms, authors, uploads } = context
	return [
		...pages.flatMap((page) => pageRedirects(context, page)),
		...terms.redirects(survey.site),
		...authors.redirects(survey.site),
		...uploads.takeRedirects(),
		...feedRedirects(survey.site, languages[0]!),
		...dateRedirects(survey.site, days),
	]
}

function pageRedirects({ stored }: ImportContext, { addresses, file, parent }: AttachmentPage): RedirectRow[] {
	const translation = stored.get(parent)?.translationId
	if (file) return addresses.map((path) => ({ path, translation_id: null, target: file }))
	return translation ? addresses.map((path) => ({ path, translation_id: translation, target: null })) : []
}

const FEEDS = ['/?feed=rss2', '/?feed=rss', '/?feed=rdf', '/feed/rss/', '/feed/rss2/', '/feed/rdf/', '/wp-rss2.php']
const ATOM_FEEDS = ['/?feed=atom', '/feed/atom/', '/wp-atom.php']
const COMMENT_FEEDS = ['/comments/feed/', '/?feed=comments-rss2', '/wp-commentsrss2.php']

function feedRedirects(site: OldSite, locale: string): RedirectRow[] {
	const to = (paths: string[], target: string) =>
		paths.flatMap((path) => withFolder(site, path)).map((path) => ({ path, translation_id: null, target }))
	return [
		...to(FEEDS, '/feed/'),
		...to(ATOM_FEEDS, `/${locale}/feed/atom/`),
		...to(COMMENT_FEEDS, `/${locale}/comments/feed/`),
	]
}

function dateRedirects(site: OldSite, days: Map<string, string>): RedirectRow[] {
	const targets = new Map<string, string>()
	for (const [date, locale] of days) {
		const [year, month, day] = date.split('/').map(Number) as [number, number, number]
		targets.set(`/${date}/`, dayPath(locale, { year, month, day }))
		targets.set(`/${date.slice(0, 7)}/`, monthPath(locale, { year, month }))
		targets.set(`/${date.slice(0, 4)}/`, yearPath(locale, year))
	}
	return [...targets].flatMap(([path, target]) =>
		withFolder(site, path).map((key) => ({ path: key, translation_id: null, target })),
	)
}

/** The old blog's name in every language that has none yet, its tagline in its own. */
async function nameBlog(context: ImportContext, trx: Parameters<typeof writeSetting>[0]): Promise<void> {
	const { channel } = context.survey
	const set = async (key: string, text: string, locales: string[]) => {
		const known = await readSettingLocales(trx, key)
		for (const locale of locales) if (text && !known.has(locale)) await writeSetting(trx, key, locale, text)
	}
	await set('title', plainText(channel.title), context.languages)
	await set('tagline', plainText(channel.description), [context.fallback])
}
