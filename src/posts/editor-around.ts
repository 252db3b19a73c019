import type { SignedIn } from '../authors/sessions.ts'
import type { Translation } from '../db/schema.ts'
import { formatMoment } from '../i18n/dates.ts'
import { direction, languageName } from '../i18n/languages.ts'
import type { PageOf, PostFormPage } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'
import { addressOf } from './address.ts'
import { clockTime, fromKept, offersOf } from './drafts/draft.ts'
import type { Editing } from './editor.ts'
import type { PostInput } from './form.ts'
import { isOutdated } from './post.ts'
import { listPreviews } from './previews/queries.ts'
import { diffTexts, shortened } from './revisions/diff.ts'
import { stateOf, stateText } from './states.ts'

type Form = PageOf<PostFormPage>

/** The same post in the languages of the blog. */
export function siblingsOf({ blog, state: { t } }: Context, { lang, post, translations }: Editing): Form['siblings'] {
	return blog.config.languages.map((code) => {
		const state = stateOf(
			translations.find(({ locale }) => locale === code),
			blog.clock(),
		)
		return {
			href: addressOf(post?.id, code),
			text: languageName(code),
			lang: code,
			current: code === lang,
			state,
			status: stateText(state, t),
		}
	})
}

/**
 * What is saved beside what was typed.
 * i18n: admin.revisionParts.title admin.revisionParts.excerpt admin.revisionParts.source
 */
export function conflictOf(
	{ blog, state: { t, locale } }: Context,
	stored: Translation,
	input: Pick<PostInput, 'title' | 'excerpt' | 'text'>,
): Form['conflict'] {
	const { title } = formatMoment(stored.modified_at, locale, blog.config.timezone)
	const texts = [
		['title', stored.title, input.title],
		['excerpt', stored.manual_excerpt, input.excerpt],
		['source', stored.source, input.text],
	] as const
	const parts = texts
		.filter(([, theirs, yours]) => theirs !== yours)
		.map(([name, theirs, yours]) => ({
			name: t(`admin.revisionParts.${name}`),
			pieces: shortened(diffTexts(theirs, yours, stored.locale)),
		}))
	return { title: stored.title, source: stored.source, when: t('admin.conflictWhen', { when: title }), parts }
}

/** What was typed and not saved, to go on with. */
export async function unsavedOf(ctx: Context, author: SignedIn, editing: Editing): Promise<Form['unsaved']> {
	const { t } = ctx.state
	const offers = await offersOf(ctx, author, editing)
	return offers.map(({ place, form, saved_at }) => {
		const title = fromKept(form).get('title')?.slice(0, 100) || t('admin.untitled')
		const time = clockTime(ctx, saved_at)
		const action = addressOf(editing.post?.id, editing.lang)
		return {
			text: editing.post ? t('admin.unsaved', { time }) : t('admin.unsavedNew', { title, time }),
			key: place,
			href: `${action}?draft=${encodeURIComponent(place)}`,
			action: `${action}draft/discard/`,
		}
	})
}

/** The other languages, to be read beside. */
export function besideOf({ lang, post, translations }: Editing): Form['beside'] {
	return translations
		.filter(({ locale, status }) => locale !== lang && status !== 'trash')
		.map(({ locale, title, source }) => ({
			lang: locale,
			dir: direction(locale),
			language: languageName(locale),
			title,
			source,
			href: addressOf(post?.id, locale),
		}))
}

/** The links by which a draft may be read. */
export async function previewsOf({ blog, state: { t, locale } }: Context, stored: Translation, action: string) {
	const previews = await listPreviews(blog.db, stored.id, blog.clock())
	const links = previews.map(({ token, expires_at }) => ({
		href: `${blog.config.siteUrl}/preview/${token}/`,
		until: t('admin.previewUntil', { when: formatMoment(expires_at, locale, blog.config.timezone).title }),
		token,
	}))
	return { action: `${action}previews/`, links }
}

/** Whether the text it was translated from has moved on. */
export function isBehind(stored: Translation | undefined, translations: Translation[]): boolean {
	const source = translations.find(({ locale }) => locale === stored?.source_locale)
	return stored !== undefined && isOutdated(stored, source)
}
