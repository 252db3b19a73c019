import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { MediaPage, MediaTile, Thumbnail } from '../views/media-model.ts'
import { lastPage, pagesOf } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { countMedia, listMedia, type Which } from './admin-queries.ts'
import { bytesText, factsLine } from './facts.ts'
import { ACCEPT, kindOf, type MediaKind } from './kinds.ts'
import { mediaPath } from './paths.ts'
import type { Media } from './queries.ts'
import { mediaFacts, type Outcome } from './receive.ts'
import { foldName, MOST_FILE_BYTES } from './store.ts'
import { readWidths, versionsOf } from './versions.ts'

const PAGE = 30
const KINDS: MediaKind[] = ['picture', 'audio', 'video', 'document']
const MOST_WORDS = 100
const MEGABYTE = 1_000_000

/** The uploads that an author may see and has asked for, one page of them. */
async function chosen(ctx: Context, author: SignedIn) {
	const query = queryOf(ctx)
	const words = (query.get('q') ?? '').trim().slice(0, MOST_WORDS).toWellFormed()
	const kind = KINDS.find((one) => one === query.get('kind'))
	const which: Which = { author: confinedTo(author), kind, words: foldName(words) }
	const last = lastPage(await countMedia(ctx.blog.db, which), PAGE)
	const asked = query.get('page') ?? ''
	const page = /^\d{1,9}$/.test(asked) ? Math.min(Math.max(Number(asked), 1), last) : 1
	const rows = await listMedia(ctx.blog.db, which, { limit: PAGE, offset: (page - 1) * PAGE })
	return { words, kind, page, last, rows }
}

/** The same for programs, such as the choice of a cover: `{ files, page, pages }`. */
export async function mediaJson(ctx: Context, author: SignedIn) {
	const { rows, page, last } = await chosen(ctx, author)
	const files = rows.map((media) => ({ ...mediaFacts(media), thumbnail: thumbnailOf(media)?.src }))
	return { files, page, pages: last }
}

/** The model of the page of uploads; `outcomes` are those of an upload that wasn't taken whole. */
export async function mediaModel(ctx: Context, author: SignedIn, outcomes: Outcome[] = []) {
	const { t } = ctx.state
	const { words, kind, page, last, rows } = await chosen(ctx, author)
	const address = (changes: Record<string, string | undefined>) => addressOf({ q: words, kind, ...changes })
	return {
		heading: t('media.heading'),
		action: '/admin/media/',
		accept: ACCEPT,
		hint: t('media.hint', { size: bytesText(MOST_FILE_BYTES, ctx.state.locale) }),
		most: { bytes: MOST_FILE_BYTES, text: t('media.refused.large', { most: String(MOST_FILE_BYTES / MEGABYTE) }) },
		refused: outcomes.flatMap((one) => ('reason' in one ? [{ name: one.name, reason: reasonText(ctx, one) }] : [])),
		filters: filtersOf(ctx, kind, address),
		words,
		within: kind,
		files: rows.map((media) => tileOf(ctx, media)),
		empty: rows.length > 0 ? undefined : t(words || kind ? 'media.nothingFound' : 'media.empty'),
		pages: pagesOf(page, last, (number) => address({ page: String(number) }), t),
	} satisfies Partial<MediaPage>
}

/**
 * Why a file isn't taken, in words.
 * i18n: media.refused.type media.refused.active media.refused.heic media.refused.large media.refused.pixels
 * media.refused.broken media.refused.svg media.refused.empty
 */
export function reasonText({ state: { t } }: Context, { reason }: { reason: string }): string {
	return t(`media.refused.${reason}`, { most: String(MOST_FILE_BYTES / MEGABYTE) })
}

/** i18n: media.kinds.picture media.kinds.audio media.kinds.video media.kinds.document */
function filtersOf(
	{ state: { t } }: Context,
	kind: string | undefined,
	address: (changes: Record<string, string | undefined>) => string,
) {
	const all = { href: address({ kind: undefined }), text: t('media.kinds.all'), current: kind === undefined }
	return [
		all,
		...KINDS.map((one) => ({ href: address({ kind: one }), text: t(`media.kinds.${one}`), current: kind === one })),
	]
}

function addressOf(parameters: Record<string, string | undefined>): string {
	const query = String(
		new URLSearchParams(Object.entries(parameters).filter(([, value]) => value) as [string, string][]),
	)
	return `/admin/media/${query && `?${query}`}`
}

function tileOf(ctx: Context, media: Media): MediaTile {
	return {
		href: `/admin/media/${media.id}/`,
		name: media.name,
		picture: thumbnailOf(media),
		facts: factsLine(media, ctx.state.locale),
	}
}

const THUMBNAIL = 320

/** A small version of a picture, or itself as long as there is none. */
export function thumbnailOf({ mime, path, width, height, widths }: Media): Thumbnail | undefined {
	if (kindOf(mime) !== 'picture') return undefined
	// Some SVG tell no size; their box does.
	if (!width || !height) return { src: mediaPath(path), width: THUMBNAIL, height: THUMBNAIL }
	const small = readWidths(widths).includes(THUMBNAIL)
	const [version] = small ? versionsOf({ path, width }, [THUMBNAIL]).filter(({ format }) => format !== 'avif') : []
	return { src: mediaPath(version?.path ?? path), width, height }
}
