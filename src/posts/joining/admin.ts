import { mayTouch } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { foldName } from '../../media/store.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { lastPage, pagesOf } from '../../views/paging.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { numbersOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { listTranslations } from '../admin-queries.ts'
import { load, savingOf } from '../load.ts'
import { joinPosts, StalePosts, Unjoinable } from './join.ts'
import { planOf as joinPlan } from './join-page.ts'
import { linesOf, pairRow } from './lines.ts'
import { pairsFor, suggestionsFor } from './pairs.ts'
import { presentPost, readSide } from './queries.ts'
import { type Refusal, refusalOf, type Side } from './sides.ts'
import { splitPost } from './split.ts'
import { type Choices, planOf as splitPlan } from './split-page.ts'
import type { Pair } from './suggest.ts'
import { listTexts } from './suggest-queries.ts'
import { PARTINGS } from './threads.ts'

const PAGE = 20
const MOST_CANDIDATES = 8
const PAIRS = '/admin/translations/pairs/'

/** Posts that may be translations of each other, each with why. */
export async function pairsPage(ctx: Context, author: SignedIn): Promise<void> {
	const { t } = ctx.state
	const all = await suggestionsFor(ctx, author)
	const last = lastPage(all.length, PAGE)
	const asked = queryOf(ctx).get('page') ?? ''
	const page = /^\d{1,9}$/.test(asked) ? Math.min(Math.max(Number(asked), 1), last) : 1
	const shown = all.slice((page - 1) * PAGE, page * PAGE)
	const texts = await textsOf(ctx, shown)
	adminPage(ctx, author, 'pairs', {
		heading: t('joining.heading'),
		intro: t('joining.intro'),
		board: { href: '/admin/translations/', text: t('joining.board') },
		done: await doneOf(ctx, author),
		pairs: shown.map((pair) => pairRow(ctx, texts, pair)),
		empty: all.length === 0 ? t('joining.empty') : undefined,
		pages: pagesOf(page, last, (number) => `${PAIRS}?page=${number}`, t),
	})
}

/** A post and those it may be joined with; with `?with=` both beside each other and what will happen. */
export async function joinPage(ctx: Context, author: SignedIn): Promise<void> {
	const { post } = await load(ctx, author)
	const side = (await readSide(ctx.blog.db, post!.id))!
	const wish = numbersOf(queryOf(ctx), 'with')[0]
	if (wish === undefined) return showCandidates(ctx, author, side)
	await showPlan(ctx, author, side, wish)
}

/** Makes one post of two; what can't be done comes back with the reason. */
export async function joinPost(ctx: Context, author: SignedIn): Promise<void> {
	const form = await readForm(ctx)
	const { post } = await load(ctx, author)
	const side = (await readSide(ctx.blog.db, post!.id))!
	const wish = numbersOf(form, 'with')[0]
	if (wish === undefined) return showCandidates(ctx, author, side, 'joining.refused.gone', 422)
	const other = await readSide(ctx.blog.db, wish)
	if (other && !mayTouch(author, other.shared)) return showPlan(ctx, author, side, wish)
	try {
		const ids: [number, number] = [Number(ctx.params.number), wish]
		const joining = { seen: form.get('seen') ?? '', original: form.get('original') ?? '' }
		const id = await joinPosts(savingOf(ctx, author), ids, joining)
		leadTo(ctx, `${PAIRS}?done=joined&post=${id}`)
	} catch (error) {
		if (!(error instanceof StalePosts || error instanceof Unjoinable)) throw error
		const stale = error instanceof StalePosts ? 'joining.refused.stale' : undefined
		await showPlan(ctx, author, (await readSide(ctx.blog.db, side.id)) ?? side, wish, stale)
	}
}

/** How a post is made two. */
export async function splitPage(ctx: Context, author: SignedIn): Promise<void> {
	const { post } = await load(ctx, author)
	await showSplit(ctx, author, (await readSide(ctx.blog.db, post!.id))!)
}

/** Makes two posts of one. */
export async function splitPosts(ctx: Context, author: SignedIn): Promise<void> {
	const form = await readForm(ctx)
	const { post } = await load(ctx, author)
	const side = (await readSide(ctx.blog.db, post!.id))!
	const parting = PARTINGS.find((one) => one === form.get('responses')) ?? 'apart'
	const { languages } = ctx.blog.config
	const choices: Choices = { locales: form.getAll('leaves').filter((code) => languages.includes(code)), parting }
	const there = side.translations.filter(({ locale }) => choices.locales.includes(locale)).length
	if (choices.locales.length === 0) return showSplit(ctx, author, side, choices, 'joining.split.refused.none', 422)
	if (there > 0 && there === side.translations.length) {
		return showSplit(ctx, author, side, choices, 'joining.split.refused.all', 422)
	}
	try {
		const seen = form.get('seen') ?? ''
		const id = await splitPost(savingOf(ctx, author), side.id, { seen, ...choices })
		leadTo(ctx, `${PAIRS}?done=split&post=${side.id}&post=${id}`)
	} catch (error) {
		if (!(error instanceof StalePosts)) throw error
		const now = (await readSide(ctx.blog.db, side.id)) ?? side
		await showSplit(ctx, author, now, choices, 'joining.refused.stale', 409)
	}
}

async function showCandidates(ctx: Context, author: SignedIn, side: Side, alert?: string, status = 200): Promise<void> {
	const { t } = ctx.state
	const words = (queryOf(ctx).get('q') ?? '').trim().slice(0, 200)
	const pairs = words === '' ? await likePairs(ctx, author, side) : await foundPairs(ctx, author, side, words)
	const texts = await textsOf(ctx, pairs, side.id)
	const page = {
		heading: t('joining.joinHeading'),
		alert: alert && t(alert),
		post: linesOf(ctx, texts, side.id),
		action: `/admin/posts/${side.id}/join/`,
		candidates: pairs.map((pair) => pairRow(ctx, texts, pair, side.id)),
		words,
		none: pairs.length > 0 ? undefined : t(words === '' ? 'joining.noneLike' : 'joining.noneFound'),
	}
	adminPage(ctx, author, 'join', page, status)
}

/**
 * Both posts; if they can't be one, why.
 * i18n: joining.refused.same joining.refused.kind joining.refused.language joining.refused.trash
 */
async function showPlan(ctx: Context, author: SignedIn, side: Side, wish: number, stale?: string): Promise<void> {
	const { t } = ctx.state
	const other = await readSide(ctx.blog.db, (await presentPost(ctx.blog.db, wish)) ?? 0)
	if (!other) return showCandidates(ctx, author, side, 'joining.refused.gone', 404)
	if (!mayTouch(author, other.shared)) return showCandidates(ctx, author, side, 'joining.refused.foreign', 403)
	const refusal: Refusal | undefined = refusalOf(side, other)
	if (refusal === 'same') return showCandidates(ctx, author, side, 'joining.refused.same', stale ? 409 : 422)
	const pair = (await pairsFor(ctx, author)).find((one) => isOf(one, side.id) && isOf(one, other.id))
	const alert = refusal ? `joining.refused.${refusal}` : stale
	const page = {
		heading: t('joining.joinHeading'),
		alert: alert && t(alert),
		post: linesOf(ctx, await textsOf(ctx, [], side.id), side.id),
		action: `/admin/posts/${side.id}/join/`,
		chosen: await joinPlan(ctx, [side, other], { pair, isRefused: refusal !== undefined }),
		candidates: [],
		words: '',
	}
	adminPage(ctx, author, 'join', page, refusal ? 422 : stale ? 409 : 200)
}

async function showSplit(
	ctx: Context,
	author: SignedIn,
	side: Side,
	choices?: Choices,
	alert?: string,
	status = 200,
): Promise<void> {
	const { t } = ctx.state
	const isOne = side.translations.length < 2
	const page = {
		heading: t('joining.split.heading'),
		alert: isOne ? t('joining.split.refused.one') : alert && t(alert),
		action: `/admin/posts/${side.id}/split/`,
		post: linesOf(ctx, await textsOf(ctx, [], side.id), side.id),
		plan: isOne ? undefined : await splitPlan(ctx, side, choices),
	}
	adminPage(ctx, author, 'split', page, status)
}

async function likePairs(ctx: Context, author: SignedIn, { id }: Side): Promise<Pair[]> {
	return (await pairsFor(ctx, author)).filter((pair) => isOf(pair, id)).slice(0, MOST_CANDIDATES)
}

/** Posts with these words in a title, or with this number. */
async function foundPairs(ctx: Context, author: SignedIn, side: Side, words: string): Promise<Pair[]> {
	const wish = foldName(words)
	const texts = await listTexts(ctx.blog.db, ctx.blog.config.languages.length)
	const isFound = (text: (typeof texts)[number]) =>
		foldName(text.title).includes(wish) || String(text.post_id) === words
	const ids = texts
		.filter((text) => text.kind === side.kind && text.post_id !== side.id && mayTouch(author, text) && isFound(text))
		.map(({ post_id }) => post_id)
	const known = await pairsFor(ctx, author)
	const head = (id: number, locales: string[]) => ({
		...{ id, kind: side.kind, author_id: null, titles: [], time: 0, day: '' },
		locales,
	})
	const own = side.translations.map(({ locale }) => locale)
	return [...new Set(ids)].slice(0, PAGE).map((id) => {
		const pair = known.find((one) => isOf(one, side.id) && isOf(one, id))
		return pair ?? { a: head(side.id, own), b: head(id, []), score: 0, reasons: [] }
	})
}

function textsOf({ blog: { db } }: Context, pairs: Pair[], ...ids: number[]) {
	return listTranslations(db, [...new Set([...ids, ...pairs.flatMap(({ a, b }) => [a.id, b.id])])])
}

function isOf({ a, b }: Pair, id: number): boolean {
	return a.id === id || b.id === id
}

/** What was done just now, if who asks may know of it. i18n: joining.done.joined joining.done.split */
async function doneOf(ctx: Context, author: SignedIn) {
	const { t } = ctx.state
	const query = queryOf(ctx)
	const done = query.get('done')
	if (done !== 'joined' && done !== 'split') return undefined
	const ids = [...new Set(numbersOf(query, 'post'))].slice(0, 2)
	const sides = (await Promise.all(ids.map((id) => readSide(ctx.blog.db, id)))).filter((side) => side !== undefined)
	const [first] = sides
	if (!first || sides.some(({ shared }) => !mayTouch(author, shared))) return undefined
	const texts = await textsOf(ctx, [], ...ids)
	const titles = sides
		.flatMap(({ id }) => linesOf(ctx, texts, id))
		.map(({ title, lang, href }) => ({ href, text: title, lang }))
	const undo =
		done === 'joined'
			? { href: `/admin/posts/${first.id}/split/`, text: t('joining.splitAgain') }
			: sides[1] && { href: `/admin/posts/${first.id}/join/?with=${sides[1].id}`, text: t('joining.joinAgain') }
	return { text: t(`joining.done.${done}`), links: [...titles, ...(undo ? [undo] : [])] }
}
