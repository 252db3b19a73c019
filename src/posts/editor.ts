import { randomBytes } from 'node:crypto'
import { isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { Post, Translation } from '../db/schema.ts'
import { direction, languageName } from '../i18n/languages.ts'
import type { PageOf, PostFormPage } from '../views/admin-model.ts'
import type { Context } from '../web/context.ts'
import { addressOf } from './address.ts'
import { clockTime, othersWriting, type Shown } from './drafts/draft.ts'
import { besideOf, conflictOf, isBehind, previewsOf, siblingsOf, unsavedOf } from './editor-around.ts'
import { coverOf, fieldsOf, kindsOf, statusesOf, termsOf } from './editor-fields.ts'
import { isMadeSlug, type PostErrors, type PostInput } from './form.ts'
import type { Loaded } from './load.ts'
import { permalink } from './permalink.ts'
import { isVisible } from './post.ts'
import { isPermalinkFixed } from './save.ts'
import { importMap, START } from './scripts.ts'
import { stateOf, stateText } from './states.ts'
import { toLocal } from './zone.ts'

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
		sent: post && isPublic ? `/admin/posts/${post.id}/mentions/` : undefined,
		...joiningOf(ctx, post, translations),
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
		cover: await coverOf(ctx, author, input, errors),
		small: { offered: isPublic, checked: input.small },
		upToDate: { offered: isBehind(stored, translations), checked: input.upToDate },
		isTrashed: state === 'trash',
		lastOne: translations.length === 1,
		formKey: input.formKey ?? randomBytes(16).toString('base64url'),
		translate: post && state !== 'trash' && besideOf(editing).length > 0 ? `${action}translate/` : undefined,
		beside: besideOf(editing),
		revisions: stored && { href: `${action}revisions/`, text: t('admin.revisions') },
		previews:
			stored && !isVisible(stored, now) && state !== 'trash' ? await previewsOf(ctx, stored, action) : undefined,
		importMap: importMap(ctx.blog.adminTheme.asset),
		script: ctx.blog.adminTheme.asset(START),
	}
}

function inputOf({ blog, state }: Context, post: Post | undefined, stored: Translation | undefined): PostInput {
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
		commentsOpen: post ? post.comments_open === 1 : state.settings.comments.open,
		pingsOpen: post ? post.pings_open === 1 : state.settings.comments.pings,
		cover: post?.cover_id ?? null,
		small: false,
		upToDate: false,
		revision: stored?.revision ?? 0,
	}
}

/** Where a post is joined with its translation, while it lacks one, and where it is split. */
function joiningOf({ blog: { config } }: Context, post: Post | undefined, translations: Translation[]) {
	const lacks = config.languages.some((code) => !translations.some(({ locale }) => locale === code))
	return {
		join: post && lacks ? `/admin/posts/${post.id}/join/` : undefined,
		split: post && translations.length > 1 ? `/admin/posts/${post.id}/split/` : undefined,
	}
}

function headingOf({ state: { t } }: Context, post: Post | undefined, stored: Translation | undefined, lang: string) {
	if (stored) return stored.title || t('admin.untitled')
	return t(post ? 'admin.newTranslation' : 'admin.newPost', { language: languageName(lang) })
}
