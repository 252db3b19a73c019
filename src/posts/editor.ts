import { randomBytes } from 'node:crypto'
import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Translation } from '../db/schema.ts'
import { dayOf, formatMoment } from '../i18n/dates.ts'
import { direction, languageName } from '../i18n/languages.ts'
import { mediaPath } from '../media/paths.ts'
import type { Choice, Field, NewTerms, PageOf, PostFormPage } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'
import { addressOf } from './address.ts'
import { findPicture, listPictures, listTermIds, listTermNames } from './admin-queries.ts'
import { clockTime, fromKept, offersOf, othersWriting, type Shown } from './drafts/draft.ts'
import { isMadeSlug, type PostErrors, type PostInput } from './form.ts'
import type { Loaded } from './load.ts'
import { permalink } from './permalink.ts'
import { isOutdated, isVisible } from './post.ts'
import { listPreviews } from './previews/queries.ts'
import { diffTexts, shortened } from './revisions/diff.ts'
import { isPermalinkFixed } from './save.ts'
import { importMap, START } from './scripts.ts'
import { stateOf, stateText } from './states.ts'
import { fromLocal, toLocal } from './zone.ts'

/** What the form of a post is made of. */
export interface Editing extends Loaded {
	/** What was filled in, when it couldn't be saved. */
	input?: PostInput
	errors?: PostErrors
	/** Someone else has changed the text meanwhile. */
	isStale?: boolean
	/** It was kept without being saved, and is filled in again. */
	shown?: Shown
	notice?: string
	/** The state to which a text comes back that was put into the trash just now. */
	undo?: { status: string }
}

type Form = PageOf<PostFormPage>

/** The form of a post in one language: as it is stored, or as it was filled in. */
export async function editorOf(ctx: Context, author: SignedIn, editing: Editing): Promise<Form> {
	const { lang, post, translations, errors = {}, isStale = false, shown } = editing
	const { t } = ctx.state
	const stored = translations.find(({ locale }) => locale === lang)
	const input = editing.input ?? inputOf(ctx, post, stored)
	const now = ctx.blog.clock()
	const state = stateOf(stored, now)
	const isPublic = state === 'published'
	const action = addressOf(post?.id, lang)
	return {
		heading: headingOf(ctx, post, stored, lang),
		notice: shown ? t('admin.unsavedShown', { time: clockTime(ctx, shown.when) }) : editing.notice,
		alert: isStale ? t('admin.conflict') : Object.keys(errors).length > 0 ? t('admin.mistakes') : undefined,
		action,
		lang,
		languageDir: direction(lang),
		siblings: siblingsOf(ctx, editing),
		isNew: !stored,
		revision: String(stored?.revision ?? 0),
		status: stateText(state, t),
		state,
		view: stored && isVisible(stored, now) ? permalink(stored) : undefined,
		conflict: isStale && stored ? conflictOf(ctx, stored, input) : undefined,
		unsaved: shown || editing.input ? [] : await unsavedOf(ctx, author, editing),
		others: await othersWriting(ctx, author, editing),
		undo: editing.undo && { action: `${action}restore/`, ...editing.undo },
		...fieldsOf(ctx, input, errors, { ...editing, maySettle: isEditor(author) }),
		...(await termsOf(ctx, lang, input, post)),
		kinds: kindsOf(ctx, input),
		statuses: statusesOf(ctx, input),
		maySettle: isEditor(author),
		sticky: input.sticky ?? false,
		commentsOpen: input.commentsOpen ?? true,
		pingsOpen: input.pingsOpen ?? true,
		cover: await coverOf(ctx, input, errors),
		small: { offered: isPublic, checked: input.small },
		upToDate: { offered: isBehind(stored, translations), checked: input.upToDate },
		isTrashed: state === 'trash',
		lastOne: translations.length === 1,
		formKey: input.formKey ?? randomBytes(16).toString('base64url'),
		beside: besideOf(editing),
		revisions: stored && { href: `${action}revisions/`, text: t('admin.revisions') },
		previews:
			stored && !isVisible(stored, now) && state !== 'trash' ? await previewsOf(ctx, stored, action) : undefined,
		importMap: importMap(ctx.blog.adminTheme.asset),
		script: ctx.blog.adminTheme.asset(START),
	}
}

function inputOf({ blog }: Context, post: Post | undefined, stored: Translation | undefined): PostInput {
	return {
		title: stored?.title ?? '',
		slug: stored && (isPermalinkFixed(stored, blog.clock()) || !isMadeSlug(stored)) ? stored.slug : '',
		text: stored?.source ?? '',
		excerpt: stored?.manual_excerpt ?? '',
		published: stored?.published_at ? toLocal(stored.published_at, blog.config.timezone) : '',
		protection: stored?.password ?? '',
		newTags: {},
		newCategories: {},
		status: !stored || stored.status === 'trash' ? 'draft' : stored.status,
		kind: post?.kind ?? 'post',
		sticky: post?.sticky === 1,
		commentsOpen: post?.comments_open !== 0,
		pingsOpen: post?.pings_open !== 0,
		cover: post?.cover_id ?? null,
		small: false,
		upToDate: false,
		revision: stored?.revision ?? 0,
	}
}

function headingOf({ state: { t } }: Context, post: Post | undefined, stored: Translation | undefined, lang: string) {
	if (stored) return stored.title || t('admin.untitled')
	return t(post ? 'admin.newTranslation' : 'admin.newPost', { language: languageName(lang) })
}

function siblingsOf({ blog, state: { t } }: Context, { lang, post, translations }: Editing): Form['siblings'] {
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
function conflictOf({ blog, state: { t, locale } }: Context, stored: Translation, input: PostInput): Form['conflict'] {
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

async function unsavedOf(ctx: Context, author: SignedIn, editing: Editing): Promise<Form['unsaved']> {
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

function besideOf({ lang, post, translations }: Editing): Form['beside'] {
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

async function previewsOf({ blog, state: { t, locale } }: Context, stored: Translation, action: string) {
	const previews = await listPreviews(blog.db, stored.id, blog.clock())
	const links = previews.map(({ token, expires_at }) => ({
		href: `${blog.config.siteUrl}/preview/${token}/`,
		until: t('admin.previewUntil', { when: formatMoment(expires_at, locale, blog.config.timezone).title }),
		token,
	}))
	return { action: `${action}previews/`, links }
}

const PICTURES = 11

async function coverOf({ blog: { db }, state: { t } }: Context, { cover }: PostInput, { cover: error }: PostErrors) {
	const last = await listPictures(db, PICTURES)
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

function fieldsOf(
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

async function termsOf({ blog: { db }, state: { locale } }: Context, lang: string, input: PostInput, post?: Post) {
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
function kindsOf({ state: { t } }: Context, input: PostInput): Choice[] {
	return (['post', 'page'] as const).map((kind) => ({
		value: kind,
		text: t(`admin.kinds.${kind}`),
		checked: input.kind === kind,
	}))
}

/** i18n: admin.statuses.draft admin.statuses.published admin.statuses.private */
function statusesOf({ state: { t } }: Context, input: PostInput): Choice[] {
	return (['draft', 'published', 'private'] as const).map((status) => ({
		value: status,
		text: t(`admin.statuses.${status}`),
		checked: input.status === status,
	}))
}

function isBehind(stored: Translation | undefined, translations: Translation[]): boolean {
	const source = translations.find(({ locale }) => locale === stored?.source_locale)
	return stored !== undefined && isOutdated(stored, source)
}
