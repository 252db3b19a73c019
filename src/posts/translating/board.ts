import { confinedTo } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { formatMoment } from '../../i18n/dates.ts'
import { languageName } from '../../i18n/languages.ts'
import type { PageOf } from '../../views/admin-model.ts'
import { lastPage, pagesOf } from '../../views/paging.ts'
import type { TranslationsCell, TranslationsPage, TranslationsRow } from '../../views/translating-model.ts'
import type { Context } from '../../web/context.ts'
import { lineOf } from '../../web/fields.ts'
import { queryOf } from '../../web/query.ts'
import { addressOf } from '../address.ts'
import { authorNames } from '../author-names.ts'
import { stateText } from '../states.ts'
import { titleOf } from '../title.ts'
import { countNameless, listBoard, listCells, type Wanted } from './board-queries.ts'
import { BOARD_STATES, type BoardState, cellStateOf } from './cells.ts'
import { lacksOf } from './lacks.ts'
import { lackTexts } from './texts.ts'

const HOME = '/admin/translations/'
const PAGE = 30

type Post = Awaited<ReturnType<typeof listBoard>>['rows'][number]
type Cell = Awaited<ReturnType<typeof listCells>>[number]
type Nameless = Awaited<ReturnType<typeof countNameless>>

/** The board of posts × languages, as it is asked for. */
export async function boardModel(ctx: Context, author: SignedIn): Promise<PageOf<TranslationsPage>> {
	const { db, config } = ctx.blog
	const { t } = ctx.state
	const asked = readAsked(ctx)
	const wanted: Wanted = {
		author: confinedTo(author),
		state: asked.state,
		locales: asked.lang ? [asked.lang] : config.languages,
		words: asked.words,
		now: ctx.blog.clock(),
	}
	const { rows, total } = await listBoard(db, wanted, { limit: PAGE, offset: (asked.page - 1) * PAGE })
	const ids = rows.map(({ id }) => id)
	const cells = await listCells(db, ids)
	const nameless = await countNameless(db, ids, config.languages)
	const names = await authorNames(
		ctx,
		rows.map((row) => row.author_id),
	)
	return {
		heading: t('translating.menu'),
		action: HOME,
		letters: asked.words,
		states: statesOf(ctx, asked.state),
		codes: config.languages.map((lang) => ({ value: lang, text: languageName(lang), checked: lang === asked.lang })),
		rows: rows.flatMap((post) => {
			const own = cells.filter((cell) => cell.post_id === post.id)
			// One that was deleted a moment ago has none.
			return own.length > 0 ? [rowOf(ctx, post, own, { nameless, names, author })] : []
		}),
		total: t('translating.total', { count: total }),
		empty: rows.length === 0 ? t('translating.none') : undefined,
		pages: pagesOf(asked.page, lastPage(total, PAGE), (page) => pathOf(asked, page), t),
	}
}

interface Asked {
	state?: BoardState
	lang?: string
	words: string
	page: number
}

function readAsked(ctx: Context): Asked {
	const query = queryOf(ctx)
	return {
		state: BOARD_STATES.find((state) => state === query.get('state')),
		lang: ctx.blog.config.languages.find((lang) => lang === query.get('lang')),
		words: lineOf(query, 'q').slice(0, 200),
		page: Number(/^[1-9]\d{0,5}$/.exec(query.get('page') ?? '')?.[0] ?? 1),
	}
}

function pathOf({ state, lang, words }: Asked, page: number): string {
	return `${HOME}?${new URLSearchParams({ state: state ?? '', lang: lang ?? '', q: words, page: String(page) })}`
}

/**
 * The states to choose from.
 * i18n: translating.board.missing translating.board.draft translating.board.scheduled translating.board.outdated
 * translating.board.published
 */
function statesOf({ state: { t } }: Context, chosen: BoardState | undefined) {
	return BOARD_STATES.map((state) => ({
		value: state,
		text: t(`translating.board.${state}`),
		checked: state === chosen,
	}))
}

interface Around {
	nameless: Nameless
	names: Map<number, string>
	author: SignedIn
}

function rowOf(ctx: Context, post: Post, cells: Cell[], around: Around): TranslationsRow {
	const { t, locale } = ctx.state
	const shown = cells.find((cell) => cell.locale === locale) ?? cells[0]!
	const { author_id } = post
	const name = author_id === null || author_id === around.author.id ? undefined : around.names.get(author_id)
	return {
		title: titleOf(shown, ctx.blog.config.timezone),
		lang: shown.locale,
		href: addressOf(post.id, shown.locale),
		marks: [post.kind === 'page' ? t('admin.kinds.page') : undefined, name].filter((mark) => mark !== undefined),
		cells: ctx.blog.config.languages.map((lang) => cellOf(ctx, post.id, lang, cells, around.nameless)),
	}
}

/** i18n: translating.deeds.write translating.deeds.go translating.deeds.mend translating.deeds.look */
function cellOf(
	{ blog, state: { t, locale } }: Context,
	postId: number,
	lang: string,
	cells: Cell[],
	nameless: Nameless,
): TranslationsCell {
	const cell = cells.find((one) => one.locale === lang)
	const { state, isBehind } = cellStateOf(cell, cells, blog.clock())
	const deed = deedOf(state, isBehind)
	const hasOther = cells.some((other) => other.locale !== lang && other.status !== 'trash')
	const beside = hasOther && state !== 'trash' && (deed !== 'look' || cell?.source_locale)
	const time = cell && (cell.published_at ?? cell.modified_at)
	return {
		lang,
		language: languageName(lang),
		href: `${addressOf(postId, lang)}${beside ? 'translate/' : ''}`,
		deed: t(`translating.deeds.${deed}`),
		state,
		status: state === 'outdated' ? t('translating.outdated') : stateText(state, t),
		mark: isBehind && state !== 'outdated' ? t('translating.outdated') : undefined,
		date: time ? formatMoment(time, locale, blog.config.timezone) : undefined,
		lacks:
			cell && state !== 'trash' ? lackTexts(t, lacksHere(cell, cells, nameless), lang).map(({ text }) => text) : [],
	}
}

function deedOf(state: ReturnType<typeof cellStateOf>['state'], isBehind: boolean) {
	if (isBehind) return 'mend'
	if (state === 'missing') return 'write'
	return state === 'draft' ? 'go' : 'look'
}

/** What a translation lacks; the others stand for its source where none is named. */
function lacksHere(cell: Cell, cells: Cell[], nameless: Nameless) {
	const source = cells.find(({ locale }) => locale === cell.source_locale) ?? cells.find((other) => other !== cell)
	return lacksOf(cell, source ?? cell, {
		untranslated: cell.untranslated ?? 0,
		alts: Number(cell.alts),
		terms: nameless.find(({ post_id, locale }) => post_id === cell.post_id && locale === cell.locale)?.terms ?? 0,
	})
}
