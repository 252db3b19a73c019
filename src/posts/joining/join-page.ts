import { listTermNames } from '../../posts/admin-queries.ts'
import type { JoinPlan, SideCard } from '../../views/joining-model.ts'
import type { Context } from '../../web/context.ts'
import { listTranslations } from '../admin-queries.ts'
import { authorNames } from '../author-names.ts'
import { sharedBy } from './join.ts'
import { linesOf, reasonsOf, type Texts } from './lines.ts'
import { listBeginnings, listThreads } from './queries.ts'
import type { Shared } from './sharing.ts'
import { inOrder, type Side, seenOf } from './sides.ts'
import type { Pair } from './suggest.ts'

/** Both posts beside each other, and all that will happen when they become one. */
export async function planOf(
	ctx: Context,
	[first, second]: [Side, Side],
	{ pair, isRefused }: { pair?: Pair; isRefused: boolean },
): Promise<JoinPlan> {
	const { db } = ctx.blog
	const [kept, other] = inOrder(first, second)
	const words = await wordsFor(ctx, [first, second])
	return {
		sides: [cardOf(ctx, words, first), cardOf(ctx, words, second)],
		reasons: pair ? reasonsOf(ctx, pair) : [],
		effects: isRefused ? [] : effectsOf(ctx, words, kept, other, await sharedBy(db, kept, other)),
		originals: isRefused ? [] : originalsOf(ctx, words.texts, [first, second]),
		with: String(second.id),
		seen: isRefused ? undefined : seenOf(kept, other),
	}
}

/** What sides are told of in. */
interface Words {
	texts: Texts
	beginnings: Map<number, string>
	authors: Map<number, string>
	terms: Awaited<ReturnType<typeof listTermNames>>
	/** How many responses each has. */
	responses: Map<number, number>
}

async function wordsFor(ctx: Context, sides: Side[]): Promise<Words> {
	const { db } = ctx.blog
	const ids = sides.map(({ id }) => id)
	const counts = sides.map(async ({ id }) => [id, sum(await listThreads(db, id))] as const)
	return {
		texts: await listTranslations(db, ids),
		beginnings: await listBeginnings(db, ids),
		authors: await authorNames(
			ctx,
			sides.map(({ shared }) => shared.author_id),
		),
		terms: await listTermNames(db),
		responses: new Map(await Promise.all(counts)),
	}
}

function sum(threads: { count: number }[]): number {
	return threads.reduce((all, { count }) => all + count, 0)
}

function cardOf(ctx: Context, words: Words, { id, shared, translations: [first] }: Side): SideCard {
	const { t } = ctx.state
	return {
		name: t('joining.side', { number: id }),
		texts: linesOf(ctx, words.texts, id),
		author: words.authors.get(shared.author_id ?? 0),
		responses: t('joining.responses', { count: words.responses.get(id) ?? 0 }),
		terms: termsOf(ctx, words, shared.terms),
		excerpt: { lang: first!.locale, text: words.beginnings.get(first!.id) ?? '' },
	}
}

/** What will happen, a sentence each. */
function effectsOf(ctx: Context, words: Words, kept: Side, other: Side, shared: Shared): string[] {
	const { t } = ctx.state
	const [here, there] = [words.responses.get(kept.id) ?? 0, words.responses.get(other.id) ?? 0]
	const is = (name: 'sticky' | 'comments_open' | 'pings_open') => kept.shared[name] !== other.shared[name]
	const isOther = (name: 'author_id' | 'cover_id') => {
		const [a, b] = [kept.shared[name], other.shared[name]]
		return a !== null && b !== null && a !== b
	}
	const terms = termsOf(ctx, words, shared.terms)
	const hasNewTerms = [kept, other].some((side) => side.shared.terms.length < shared.terms.length)
	const author = words.authors.get(shared.author_id ?? 0) ?? ''
	const told = [
		t('joining.effects.one'),
		here > 0 && there > 0
			? t('joining.effects.responses', { total: t('joining.responses', { count: here + there }), here, there })
			: here + there > 0 && t('joining.effects.shared', { responses: t('joining.responses', { count: here + there }) }),
		hasNewTerms && t('joining.effects.terms', { terms }),
		isOther('cover_id') && t('joining.effects.cover', { title: `«${titleOf(kept)}»` }),
		isOther('author_id') && t('joining.effects.author', { author }),
		is('sticky') && t('joining.effects.sticky'),
		is('comments_open') && t('joining.effects.comments'),
		is('pings_open') && t('joining.effects.pings'),
		t('joining.effects.number', { number: other.id, kept: kept.id }),
		t('joining.effects.undo'),
	]
	return told.filter((line) => typeof line === 'string')
}

/** The texts from which the others may have been made: none, or the one that appeared first. */
function originalsOf({ state: { t } }: Context, texts: Texts, sides: Side[]) {
	const all = sides.flatMap(({ translations }) => translations)
	if (all.every(({ id }) => texts.find((text) => text.id === id)?.source_locale)) return []
	const first = all.toSorted((a, b) => (a.published_at ?? Infinity) - (b.published_at ?? Infinity))[0]!
	return [
		...all.map(({ locale, title }) => ({
			...{ value: locale, checked: locale === first.locale, lang: locale },
			text: title || t('admin.untitled'),
		})),
		{ value: '', text: t('joining.noOriginal'), checked: false },
	]
}

function termsOf({ state }: Context, { terms }: Words, ids: number[]): string {
	return ids
		.flatMap((id) => {
			const own = terms.filter(({ term_id }) => term_id === id)
			return (own.find(({ locale }) => locale === state.locale) ?? own[0])?.name ?? []
		})
		.join(', ')
}

function titleOf({ translations }: Side): string {
	return translations[0]?.title ?? ''
}
