import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Translation } from '../db/schema.ts'
import { dayOf } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { mediaPath } from '../media/paths.ts'
import type { Choice, Field, NewTerms } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'
import { findPicture, listPictures, listTermIds, listTermNames } from './admin-queries.ts'
import type { PostErrors, PostInput } from './form.ts'
import type { Loaded } from './load.ts'
import { permalink } from './permalink.ts'
import { isPermalinkFixed } from './save.ts'
import { fromLocal } from './zone.ts'

/** The text fields with what is wrong with each. */
export function fieldsOf(
	ctx: Context,
	input: PostInput,
	errors: PostErrors,
	{ lang, post, stored, maySettle }: Loaded & { maySettle: boolean },
) {
	const { t } = ctx.state
	const errorOf = (name: keyof PostErrors) => errors[name] && t(errors[name])
	const field = (name: TextField): Field => ({ value: input[name], error: errorOf(name) })
	const isHtml = stored?.format === 'html'
	return {
		title: field('title'),
		slug: {
			...field('slug'),
			hint: slugHintOf(ctx, stored),
			address: addressPattern(ctx, input, { lang, post, stored }),
		},
		text: {
			...field('text'),
			label: t(isHtml ? 'admin.textHtml' : 'admin.text'),
			hint: t(isHtml ? 'admin.textHtmlHint' : 'admin.textHint'),
		},
		excerpt: field('excerpt'),
		published: {
			...field('published'),
			// Such a field shows nothing but a date.
			...(errors.published && { value: '' }),
			hint: t('admin.publishedHint', { zone: zoneName(ctx) }),
		},
		protection: field('protection'),
		newTags: termFields(ctx, 'newtags', { lang, lists: input.newTags, error: errorOf('newTags') }),
		newCategories: maySettle
			? termFields(ctx, 'newcategories', { lang, lists: input.newCategories, error: errorOf('newCategories') })
			: { fields: [], isOpen: false },
	}
}

type TextField = 'title' | 'slug' | 'text' | 'excerpt' | 'published' | 'protection'

function slugHintOf({ blog, state: { t } }: Context, stored: Translation | undefined): string {
	return t(stored && isPermalinkFixed(stored, blog.clock()) ? 'admin.slugFixed' : 'admin.slugHint')
}

/** The address with `*` in place of the slug. */
function addressPattern(
	{ blog }: Context,
	{ kind, published }: PostInput,
	{ lang, post, stored }: Omit<Loaded, 'translations'>,
): string {
	const time = fromLocal(published, blog.config.timezone) ?? blog.clock()
	const { year, month } = stored?.year ? stored : dayOf(time, blog.config.timezone)
	return permalink({ kind: kind ?? post?.kind ?? 'post', locale: lang, slug: '*', year, month })
}

/** «Europe/Moscow, GMT+3» */
function zoneName({ blog, state: { locale } }: Context): string {
	const { timezone } = blog.config
	const parts = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: 'shortOffset' })
	const offset = parts.formatToParts(blog.clock()).find(({ type }) => type === 'timeZoneName')?.value
	return offset && offset !== timezone ? `${timezone}, ${offset}` : timezone
}

/** A field for each language, that of the page first. */
function termFields(
	{ blog }: Context,
	name: string,
	{ lang, lists, error }: { lang: string; lists: Record<string, string>; error?: string },
): NewTerms {
	const languages = [lang, ...blog.config.languages.filter((code) => code !== lang)]
	const fields = languages.map((code, index) => ({
		id: index === 0 ? name : `${name}-${code}`,
		label: languageName(code),
		lang: code,
		value: lists[code] ?? '',
		error: index === 0 ? error : undefined,
	}))
	return { fields, isOpen: fields.some(({ value }) => value !== '') }
}

/** The terms to choose from, named in the language of the form where they can be. */
export async function termsOf(
	{ blog: { db }, state: { locale } }: Context,
	lang: string,
	input: PostInput,
	post?: Post,
) {
	const chosen = input.terms ?? (post ? await listTermIds(db, post.id) : [])
	const names = Map.groupBy(await listTermNames(db), ({ term_id }) => term_id)
	const terms = [...names].map(([id, all]) => ({ id, ...(all.find((name) => name.locale === lang) ?? all[0]!) }))
	const { compare } = new Intl.Collator(locale)
	const choices = (kind: string): Choice[] =>
		terms
			.filter((term) => term.kind === kind)
			.sort((a, b) => compare(a.name, b.name))
			.map((term) => ({
				value: String(term.id),
				text: term.name,
				lang: term.locale,
				checked: chosen.includes(term.id),
			}))
	return { categories: choices('category'), tags: choices('tag') }
}

/** i18n: admin.kinds.post admin.kinds.page */
export function kindsOf({ state: { t } }: Context, input: PostInput): Choice[] {
	return (['post', 'page'] as const).map((kind) => ({
		value: kind,
		text: t(`admin.kinds.${kind}`),
		checked: input.kind === kind,
	}))
}

/** i18n: admin.statuses.draft admin.statuses.published admin.statuses.private */
export function statusesOf({ state: { t } }: Context, input: PostInput): Choice[] {
	return (['draft', 'published', 'private'] as const).map((status) => ({
		value: status,
		text: t(`admin.statuses.${status}`),
		checked: input.status === status,
	}))
}

const PICTURES = 11

/** The pictures to choose the cover from: that which is chosen first, then the last ones. */
export async function coverOf(
	{ blog: { db }, state: { t } }: Context,
	author: SignedIn,
	{ cover }: PostInput,
	{ cover: error }: PostErrors,
) {
	const last = await listPictures(db, { author: confinedTo(author) }, PICTURES)
	const own = cover ? (last.find(({ id }) => id === cover) ?? (await findPicture(db, cover))) : undefined
	const all = own ? [own, ...last.filter(({ id }) => id !== own.id)] : last
	const choices = all.map(({ id, path, name }) => ({
		value: String(id),
		text: name,
		src: mediaPath(path),
		checked: id === own?.id,
	}))
	return { none: !own, choices, error: error && t(error) }
}
