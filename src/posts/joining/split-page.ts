import { formatMoment } from '../../i18n/dates.ts'
import { languageName } from '../../i18n/languages.ts'
import type { SplitPage } from '../../views/joining-model.ts'
import type { Context } from '../../web/context.ts'
import { listJoined, listThreads } from './queries.ts'
import { type Side, seenOf } from './sides.ts'
import { originOf, plannedSplit } from './split.ts'
import { leavingThreads, PARTINGS, type Parting } from './threads.ts'

/** What an author chooses when a post is parted. */
export interface Choices {
	locales: string[]
	parting: Parting
}

/** How a post would be parted; what was joined is offered to be parted as it was. */
export async function planOf(ctx: Context, side: Side, chosen?: Choices): Promise<NonNullable<SplitPage['plan']>> {
	const { blog, state } = ctx
	const joined = await listJoined(blog.db, side.id)
	const here = side.translations.map(({ locale }) => locale)
	const came = joined.map(({ before }) => before.locales.filter((locale) => here.includes(locale)))
	const isPart = (locales: string[]) => locales.length > 0 && locales.length < here.length
	const locales = chosen?.locales ?? came.find(isPart) ?? here.slice(-1)
	const number = joined.find((_, at) => isPart(came[at]!))
	return {
		type: here.length === 2 ? 'radio' : 'checkbox',
		leaves: side.translations.map(({ locale, title }) => ({
			...{ value: locale, checked: locales.includes(locale) },
			text: `${languageName(locale)}: ${title || state.t('admin.untitled')}`,
		})),
		threads: await threadLines(ctx, side),
		partings: PARTINGS.map((value) => partingOf(ctx, value, chosen?.parting ?? 'apart')),
		effects: effectsOf(ctx, number && formatMoment(number.joinedAt, state.locale, blog.config.timezone).text),
		seen: seenOf(side),
	}
}

/** How many responses would go with each language. */
async function threadLines({ blog: { db }, state: { t } }: Context, side: Side): Promise<string[]> {
	const threads = await listThreads(db, side.id)
	const joined = await listJoined(db, side.id)
	if (threads.length === 0) return [t('joining.split.noResponses')]
	return side.translations.map(({ locale }) => {
		const planned = plannedSplit(side, joined, { locales: [locale], parting: 'apart' })
		const moved = leavingThreads(threads, {
			locales: planned.moved,
			parting: 'apart',
			origin: originOf(planned.joined),
		})
		const own = planned.moved.includes(locale) ? moved : threads.filter((thread) => !moved.includes(thread))
		const count = own.reduce((all, thread) => all + thread.count, 0)
		return `${languageName(locale)}: ${t('joining.responses', { count })}`
	})
}

/**
 * i18n: joining.split.partings.apart joining.split.partings.stay joining.split.partings.leave
 * i18n: joining.split.hints.apart joining.split.hints.stay joining.split.hints.leave
 */
function partingOf({ state: { t } }: Context, value: Parting, chosen: Parting) {
	const [text, hint] = [t(`joining.split.partings.${value}`), t(`joining.split.hints.${value}`)]
	return { value, text, hint, checked: value === chosen }
}

function effectsOf({ state: { t } }: Context, joinedOn: string | undefined): string[] {
	return [
		t('joining.split.effects.addresses'),
		joinedOn ? t('joining.split.effects.back', { date: joinedOn }) : t('joining.split.effects.copies'),
		t('joining.split.effects.again'),
	]
}
