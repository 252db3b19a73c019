import { formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { stateOf, stateText } from '../posts/states.ts'
import type { Field } from '../views/admin-model.ts'
import type { MediaItemPage } from '../views/media-model.ts'
import type { Context } from '../web/context.ts'
import { listTexts, listUses } from './admin-queries.ts'
import { bytesText, sidesOf, typeName } from './facts.ts'
import { kindOf } from './kinds.ts'
import { mediaMarkdown, mediaPath } from './paths.ts'
import type { Media } from './queries.ts'
import { readWidths } from './versions.ts'

/** What was typed and what is wrong with it. */
export interface Typed {
	name: string
	alts: Map<string, string>
	error?: string
}

/** The model of the page of one upload. */
export async function itemModel(ctx: Context, media: Media, typed?: Typed) {
	const { t, locale } = ctx.state
	const texts = new Map((await listTexts(ctx.blog.db, media.id)).map((text) => [text.locale, text.alt]))
	const uses = await usesOf(ctx, media)
	const kind = kindOf(media.mime)
	return {
		heading: media.name,
		action: `/admin/media/${media.id}/`,
		list: '/admin/media/',
		url: mediaPath(media.path),
		picture: pictureOf(media),
		player: kind === 'audio' || kind === 'video' ? kind : undefined,
		facts: factsOf(ctx, media),
		uploaded: formatMoment(media.created_at, locale, ctx.blog.config.timezone),
		markdown: mediaMarkdown(media, texts.get(locale)),
		name: { value: typed?.name ?? media.name, error: typed?.error && t(typed.error) } satisfies Field,
		alts: kind === 'picture' ? altsOf(ctx, typed?.alts ?? texts) : [],
		uses,
		mustConfirm: uses.length > 0,
	} satisfies Partial<MediaItemPage>
}

/** Large enough to be looked at, no larger than is needed. */
const PREVIEW = 960

function pictureOf({ mime, path, width, height, widths }: Media): MediaItemPage['picture'] {
	if (kindOf(mime) !== 'picture') return undefined
	const own = /[^.]+$/.exec(path)![0]
	const isSmaller = width !== null && width > PREVIEW && readWidths(widths).includes(PREVIEW)
	const shown = isSmaller ? path.replace(/[^.]*$/, `${PREVIEW}w.${own}`) : path
	return { src: mediaPath(shown), width: width ?? PREVIEW, height: height ?? PREVIEW }
}

function factsOf({ state: { t, locale } }: Context, media: Media): MediaItemPage['facts'] {
	const widths = readWidths(media.widths)
	return [
		{ name: t('media.type'), value: typeName(media) },
		{ name: t('media.sides'), value: sidesOf(media) },
		{ name: t('media.size'), value: bytesText(media.bytes, locale) },
		{ name: t('media.versions'), value: media.widths === null ? t('media.beingMade') : widths.join(', ') },
	].filter(({ value }) => value !== '')
}

function altsOf({ blog, state: { t } }: Context, alts: Map<string, string>): MediaItemPage['alts'] {
	return blog.config.languages.map((lang) => ({
		lang,
		label: t('media.alt', { language: languageName(lang) }),
		field: { value: alts.get(lang) ?? '' },
	}))
}

async function usesOf({ blog, state: { t } }: Context, { id }: Media): Promise<MediaItemPage['uses']> {
	const uses = await listUses(blog.db, id)
	return uses.map((use) => ({
		href: `/admin/posts/${use.post_id}/${use.locale}/`,
		text: use.title || t('admin.untitled'),
		lang: use.locale,
		status: [languageName(use.locale), stateText(stateOf(use, blog.clock()), t), !use.used && t('media.asCover')]
			.filter((part) => part !== false)
			.join(' · '),
	}))
}
