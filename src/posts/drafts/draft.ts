import type { SignedIn } from '../../authors/sessions.ts'
import type { Time, Translation } from '../../db/schema.ts'
import { formatMoment } from '../../i18n/dates.ts'
import type { Context } from '../../web/context.ts'
import { lineOf, textOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { authorNames } from '../author-names.ts'
import type { Loaded } from '../load.ts'
import { withText } from '../translating/form.ts'
import { findUnsaved, listUnsaved, listWriters, type Place, type Unsaved } from './queries.ts'

/** For how long someone who has typed is thought to be writing. */
const WRITING = 2 * 60 * 1000
/** Texts offered to go on with. */
const MOST_OFFERED = 5

/** What was typed and not saved, to be filled in again. */
export interface Shown {
	form: URLSearchParams
	when: Time
}

/** Where what is typed into a form is kept. */
export function placeOf(author: Pick<SignedIn, 'id'>, { lang }: Loaded, formKey = ''): Place {
	return { authorId: author.id, place: formKey, locale: lang }
}

/** The unsaved form that `?draft=` asks for. */
export async function unsavedForm(ctx: Context, author: SignedIn, loaded: Loaded): Promise<Shown | undefined> {
	const wish = queryOf(ctx).get('draft')
	if (!wish) return undefined
	const found = await findUnsaved(ctx.blog.db, placeOf(author, loaded, wish))
	return found && { form: fromKept(found.form), when: found.saved_at }
}

/** A form as it is kept. */
export function toKept(form: URLSearchParams): string {
	return JSON.stringify([...form])
}

/** A kept form. */
export function fromKept(kept: string): URLSearchParams {
	return withText(new URLSearchParams(JSON.parse(kept) as [string, string][]))
}

/** What an author has typed into forms of this text, or of new ones, and not saved. */
export async function offersOf({ blog: { db } }: Context, author: SignedIn, loaded: Loaded): Promise<Unsaved[]> {
	const { post, lang, stored } = loaded
	const found = await listUnsaved(db, { authorId: author.id, postId: post?.id, locale: lang }, MOST_OFFERED)
	return found.filter(({ form }) => !isSaved(fromKept(form), stored))
}

function isSaved(form: URLSearchParams, stored: Translation | undefined): boolean {
	return (
		stored !== undefined &&
		lineOf(form, 'title') === stored.title &&
		textOf(form, 'text') === stored.source &&
		textOf(form, 'excerpt').trim() === stored.manual_excerpt
	)
}

/** «14:05», with the day when it isn't today. */
export function clockTime({ blog, state: { locale } }: Context, time: Time): string {
	const { timezone } = blog.config
	const isToday = formatMoment(time, locale, timezone).text === formatMoment(blog.clock(), locale, timezone).text
	const style = isToday ? { timeStyle: 'short' as const } : { dateStyle: 'long' as const, timeStyle: 'short' as const }
	return new Intl.DateTimeFormat(locale, { ...style, timeZone: timezone }).format(time)
}

/** «Сейчас этот текст правит Борис», when others are at it too. */
export async function othersWriting(ctx: Context, author: SignedIn, loaded: Loaded): Promise<string | undefined> {
	const { blog, state } = ctx
	if (!loaded.post) return undefined
	const ids = await listWriters(blog.db, loaded.post.id, loaded.lang, blog.clock() - WRITING)
	const others = ids.filter((id) => id !== author.id)
	if (others.length === 0) return undefined
	const known = await authorNames(ctx, others)
	const names = others.map((id) => known.get(id) ?? state.t('admin.someone'))
	const who = new Intl.ListFormat(state.locale).format(names)
	return state.t('admin.othersWriting', { who, count: names.length })
}

/** A parameter of the query, if it is one of these. */
export function asked<Value extends string>(ctx: Context, name: string, known: Value[]): Value | undefined {
	const value = queryOf(ctx).get(name)
	return known.find((one) => one === value)
}
