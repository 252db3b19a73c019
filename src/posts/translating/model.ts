import { randomBytes } from 'node:crypto'
import { isEditor } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { direction, languageName } from '../../i18n/languages.ts'
import type { PageOf } from '../../views/admin-model.ts'
import type { TranslatePage, TranslateRow } from '../../views/translating-model.ts'
import type { Context } from '../../web/context.ts'
import { addressOf } from '../address.ts'
import { clockTime, othersWriting, type Shown } from '../drafts/draft.ts'
import { conflictOf, unsavedOf } from '../editor-around.ts'
import type { PostErrors, PostInput } from '../form.ts'
import type { Loaded } from '../load.ts'
import { diffTexts, type Piece } from '../revisions/diff.ts'
import { importMap, TRANSLATING } from '../scripts.ts'
import { stateOf, stateText } from '../states.ts'
import { titleOf } from '../title.ts'
import { nameOf } from './form.ts'
import { type Lacks, lacksOf } from './lacks.ts'
import type { Picture } from './pictures.ts'
import { listNamesOfTerms } from './queries.ts'
import { countUntranslated, type Row } from './rows.ts'
import { lackTexts } from './texts.ts'
import { type Head, type Work, wholeKey } from './work.ts'

/** What the page of a translation is made of. */
export interface Translating extends Loaded {
	work: Work
	pictures: Picture[]
	/** What was filled in, when it isn't what is stored. */
	typed?: Pick<PostInput, 'title' | 'excerpt' | 'text' | 'formKey'> & { ticks: string[]; alts: Map<number, string> }
	errors?: PostErrors
	isStale?: boolean
	shown?: Shown
	notice?: string
	alert?: string
}

/** Milliseconds for telling the words that changed, in all paragraphs together. */
const LONGEST = 300

/** The page of a translation beside its source. */
export async function translateModel(
	ctx: Context,
	author: SignedIn,
	translating: Translating,
): Promise<PageOf<TranslatePage>> {
	const { t } = ctx.state
	const { lang, stored, work, typed, errors = {}, isStale = false, shown } = translating
	const post = translating.post!
	const { source } = work
	const ticks = typed?.ticks ?? work.progress.ticks
	const tick = (key: string | undefined) => (key && work.isBehind ? { key, checked: ticks.includes(key) } : undefined)
	const diff = differ(source.locale)
	const written = {
		title: typed?.title ?? stored?.title ?? '',
		source: typed?.text ?? stored?.source ?? '',
		manual_excerpt: typed?.excerpt ?? stored?.manual_excerpt ?? '',
	}
	const lacks = await countLacks(ctx, translating, written)
	const left = work.isBehind ? work.changes.filter((key) => !ticks.includes(key)).length : 0
	const { timezone } = ctx.blog.config
	const state = stateOf(stored, ctx.blog.clock())
	const action = `${addressOf(post.id, lang)}translate/`
	const errorOf = (name: keyof PostErrors) => errors[name] && t(errors[name])
	const head = ({ before, after, key }: Head) => ({ pieces: diff(before ?? after, after), tick: tick(key) })
	return {
		heading: t('translating.heading', { title: titleOf(source, timezone) }),
		name: titleOf(source, timezone),
		notice: translating.notice ?? (shown && t('admin.unsavedShown', { time: clockTime(ctx, shown.when) })),
		alert: isStale
			? t('admin.conflict')
			: (translating.alert ?? (errors.title || errors.text ? t('admin.mistakes') : undefined)),
		action,
		draft: `${addressOf(post.id, lang)}draft/`,
		editor: addressOf(post.id, lang),
		from: languageModel(source.locale),
		to: languageModel(lang),
		others: sourcesOf(translating, action),
		state,
		status: stateText(state, t),
		intro: work.isBehind ? t('translating.behind', { count: left }) : undefined,
		isUpToDate: work.isBehind && left === 0,
		lacks: lackTexts(t, lacks, lang, {
			terms: isEditor(author) ? '/admin/terms/' : undefined,
			text: '#rows',
			title: '#title',
			excerpt: '#excerpt',
			alts: '#pictures',
		}),
		revision: String(stored?.revision ?? 0),
		formKey: typed?.formKey ?? randomBytes(16).toString('base64url'),
		seen: String(source.major_revision),
		title: { ...head(work.title), field: { value: written.title, error: errorOf('title') } },
		excerpt:
			source.manual_excerpt || written.manual_excerpt || work.excerpt.key
				? { ...head(work.excerpt), field: { value: written.manual_excerpt, error: errorOf('excerpt') } }
				: undefined,
		whole: work.isBehind && work.changes.includes(wholeKey(source)) ? tick(wholeKey(source)) : undefined,
		textError: errorOf('text'),
		rows: work.rows.map((row, index) => ({ ...rowModel(ctx, row, index, diff), tick: tick(row.key) })),
		pictures: translating.pictures.map(({ alt, ...picture }) => ({
			...picture,
			field: { value: typed?.alts.get(picture.id) ?? alt },
		})),
		conflict: isStale && stored && typed ? conflictOf(ctx, stored, { ...typed, text: written.source }) : undefined,
		unsaved: shown || typed ? [] : await unsavedHere(ctx, author, translating, action),
		othersWriting: await othersWriting(ctx, author, translating),
		mayPublish: state === 'missing' || state === 'draft',
		xliff: `${action}xliff/`,
		importMap: importMap(ctx.blog.adminTheme.asset),
		script: ctx.blog.adminTheme.asset(TRANSLATING),
	}
}

function languageModel(lang: string) {
	return { lang, dir: direction(lang), language: languageName(lang) }
}

/** Other languages it may be made from, as long as none is settled. */
function sourcesOf({ lang, stored, translations, work }: Translating, action: string) {
	if (stored?.source_locale) return []
	return translations
		.filter(({ locale, status }) => locale !== lang && locale !== work.source.locale && status !== 'trash')
		.map(({ locale }) => ({ href: `${action}?from=${locale}`, text: languageName(locale), lang: locale }))
}

async function countLacks(
	{ blog: { db } }: Context,
	{ lang, post, work, pictures, typed }: Translating,
	written: Parameters<typeof lacksOf>[0],
): Promise<Lacks> {
	const names = Map.groupBy(await listNamesOfTerms(db, post!.id), ({ term_id }) => term_id)
	return lacksOf(written, work.source, {
		untranslated: countUntranslated(work.rows),
		alts: pictures.filter(({ id, alt }) => (typed?.alts.get(id) ?? alt) === '').length,
		terms: [...names.values()].filter((own) => own.every(({ locale }) => locale !== lang)).length,
	})
}

/** Tells words that changed, as long as there is time; then whole texts. */
function differ(locale: string) {
	const end = performance.now() + LONGEST
	return (before: string, after: string): Piece[] => {
		if (before === after) return [{ kind: 'same', text: after }]
		if (performance.now() < end) return diffTexts(before, after, locale)
		return [
			{ kind: 'removed', text: before },
			{ kind: 'added', text: after },
		]
	}
}

/**
 * A paragraph beside its translation.
 * i18n: translating.states.changed translating.states.added translating.states.removed
 */
function rowModel(
	{ state: { t } }: Context,
	row: Row,
	index: number,
	diff: ReturnType<typeof differ>,
): Omit<TranslateRow, 'tick'> {
	const { before, after, kind, state, target, gap } = row
	const isCode = kind === 'code' || kind === 'html' || kind === 'table'
	return {
		number: String(index + 1),
		of: nameOf(row),
		gap,
		state,
		mark: state === 'same' ? undefined : t(`translating.states.${state}`),
		isCode,
		isEmpty: target.trim() === '' && after !== undefined,
		pieces: state === 'same' ? [{ kind: 'same', text: after ?? '' }] : diff(before ?? '', after ?? ''),
		target,
		lines: String(linesOf(target.length > 0 ? target : (after ?? before ?? ''))),
	}
}

/** Lines that a text takes in its field. */
function linesOf(text: string): number {
	const lines = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / 60), 0)
	return Math.min(Math.max(lines, 2), 30)
}

async function unsavedHere(ctx: Context, author: SignedIn, translating: Translating, action: string) {
	const offers = await unsavedOf(ctx, author, translating)
	return offers.map((offer) => ({ ...offer, href: `${action}?draft=${encodeURIComponent(offer.key)}` }))
}
