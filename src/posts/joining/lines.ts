import { formatMoment } from '../../i18n/dates.ts'
import { languageName, languageNameIn } from '../../i18n/languages.ts'
import type { PairRow, TextLine } from '../../views/joining-model.ts'
import type { Context } from '../../web/context.ts'
import { addressOf } from '../address.ts'
import type { listTranslations } from '../admin-queries.ts'
import { stateOf, stateText } from '../states.ts'
import { titleOf } from '../title.ts'
import { likelihoodOf, type Pair, type PairReason } from './suggest.ts'

/** Texts as `listTranslations` gives them. */
export type Texts = Awaited<ReturnType<typeof listTranslations>>

/** The texts of a post, each in a line. */
export function linesOf({ blog, state: { t, locale } }: Context, texts: Texts, postId: number): TextLine[] {
	const { config, clock } = blog
	const own = texts.filter(({ post_id }) => post_id === postId).sort((a, b) => a.id - b.id)
	return own.map((text) => {
		const state = stateOf(text, clock())
		return {
			lang: text.locale,
			language: languageName(text.locale),
			title:
				text.title.trim() === '' && text.published_at === null ? t('admin.untitled') : titleOf(text, config.timezone),
			href: addressOf(postId, text.locale),
			...{ state, status: stateText(state, t) },
			date: text.published_at === null ? undefined : formatMoment(text.published_at, locale, config.timezone),
		}
	})
}

/** Two posts that may be one, with the reasons; looked at from one of them, the other alone is named. */
export function pairRow(ctx: Context, texts: Texts, pair: Pair, from?: number): PairRow {
	const [first, second] = from === pair.b.id ? [pair.b, pair.a] : [pair.a, pair.b]
	const sides = [...(from ? [] : linesOf(ctx, texts, first.id)), ...linesOf(ctx, texts, second.id)]
	const titles = sides.map(({ title }) => `«${title}»`).join(' + ')
	return {
		sides,
		...likelihoodIn(ctx, pair),
		reasons: reasonsOf(ctx, pair),
		join: {
			href: `/admin/posts/${first.id}/join/?with=${second.id}`,
			text: ctx.state.t('joining.joinThese', { titles }),
		},
	}
}

/**
 * Why two posts seem to be one.
 * i18n: joining.reasons.mutual joining.reasons.day
 */
export function reasonsOf({ state: { t, locale } }: Context, { a, b, reasons }: Pair): string[] {
	const language = (id: number) => languageNameIn((id === a.id ? a : b).locales[0]!, locale)
	const say: { [Kind in PairReason['kind']]: (reason: Extract<PairReason, { kind: Kind }>) => string } = {
		link: ({ from, to }) => t('joining.reasons.link', { from: language(from), to: language(to) }),
		mutual: () => t('joining.reasons.mutual'),
		pictures: ({ count }) => t('joining.reasons.pictures', { count }),
		day: () => t('joining.reasons.day'),
		days: ({ count }) => t('joining.reasons.days', { count }),
		names: ({ names }) => t('joining.reasons.names', { names: names.slice(0, 5).join(', ') }),
	}
	return reasons.map((reason) => (say[reason.kind] as (one: PairReason) => string)(reason))
}

/** i18n: joining.likelihood.sure joining.likelihood.likely joining.likelihood.possible */
function likelihoodIn({ state: { t } }: Context, pair: Pair) {
	const likelihood = likelihoodOf(pair)
	return { likelihood, likelihoodText: t(`joining.likelihood.${likelihood}`) }
}
