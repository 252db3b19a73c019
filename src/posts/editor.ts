import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Translation } from '../db/schema.ts'
import { formatMoment } from '../i18n/dates.ts'
import { direction, languageName } from '../i18n/languages.ts'
import type { Choice, Field, PageOf, PostFormPage } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'
import { listTermIds, listTermNames } from './admin-queries.ts'
import type { PostErrors, PostInput } from './form.ts'
import { permalink } from './permalink.ts'
import { isOutdated, isVisible } from './post.ts'
import { stateOf, stateText } from './states.ts'
import { toLocal } from './zone.ts'

/** What the form of a post is made of. */
export interface Editing {
	lang: string
	/** None when the post is new. */
	post?: Post
	/** All translations there are. */
	translations: Translation[]
	/** What was filled in, when it couldn't be saved. */
	input?: PostInput
	errors?: PostErrors
	/** Someone else has changed the text meanwhile. */
	isStale?: boolean
	notice?: string
}

type Form = PageOf<PostFormPage>

/** The form of a post in one language: as it is stored, or as it was filled in. */
export async function editorOf(ctx: Context, author: SignedIn, editing: Editing): Promise<Form> {
	const { lang, post, translations, errors = {}, isStale = false, notice } = editing
	const { t } = ctx.state
	const stored = translations.find(({ locale }) => locale === lang)
	const input = editing.input ?? inputOf(ctx, post, stored)
	const now = ctx.blog.clock()
	const state = stateOf(stored, now)
	const isPublic = state === 'published'
	return {
		heading: headingOf(ctx, post, stored, lang),
		notice,
		alert: isStale ? t('admin.conflict') : Object.keys(errors).length > 0 ? t('admin.mistakes') : undefined,
		action: addressOf(post?.id, lang),
		lang,
		languageDir: direction(lang),
		siblings: siblingsOf(ctx, editing),
		isNew: !stored,
		revision: String(stored?.revision ?? 0),
		status: stateText(state, t),
		state,
		view: stored && isVisible(stored, now) ? permalink(stored) : undefined,
		conflict: isStale && stored ? conflictOf(ctx, stored) : undefined,
		...fieldsOf(ctx, input, errors, stored),
		...(await termsOf(ctx, lang, input, post)),
		kinds: kindsOf(ctx, input),
		statuses: statusesOf(ctx, input),
		maySettle: isEditor(author),
		sticky: input.sticky ?? false,
		commentsOpen: input.commentsOpen ?? true,
		small: { offered: isPublic, checked: input.small },
		upToDate: { offered: isBehind(stored, translations), checked: input.upToDate },
		isTrashed: state === 'trash',
		lastOne: translations.length === 1,
	}
}

/** `/admin/posts/12/ru/` */
export function addressOf(postId: number | undefined, lang: string): string {
	return `/admin/posts/${postId ?? 'new'}/${lang}/`
}

function inputOf({ blog }: Context, post: Post | undefined, stored: Translation | undefined): PostInput {
	return {
		title: stored?.title ?? '',
		slug: stored?.slug ?? '',
		text: stored?.source ?? '',
		excerpt: stored?.manual_excerpt ?? '',
		published: stored?.published_at ? toLocal(stored.published_at, blog.config.timezone) : '',
		protection: stored?.password ?? '',
		newTags: '',
		status: !stored || stored.status === 'trash' ? 'draft' : stored.status,
		kind: post?.kind ?? 'post',
		sticky: post?.sticky === 1,
		commentsOpen: post?.comments_open !== 0,
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

function conflictOf({ blog, state: { t, locale } }: Context, stored: Translation): Form['conflict'] {
	const { title } = formatMoment(stored.modified_at, locale, blog.config.timezone)
	return { title: stored.title, source: stored.source, when: t('admin.conflictWhen', { when: title }) }
}

function fieldsOf({ blog, state: { t } }: Context, input: PostInput, errors: PostErrors, stored?: Translation) {
	const field = (name: keyof PostErrors): Field => ({ value: input[name], error: errors[name] && t(errors[name]) })
	const isHtml = stored?.format === 'html'
	return {
		title: field('title'),
		slug: { ...field('slug'), prefix: t('admin.slugHint') },
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
			hint: t('admin.publishedHint', { zone: blog.config.timezone }),
		},
		protection: field('protection'),
		newTags: field('newTags'),
	}
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
