import { confinedTo, isEditor } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import type { ResponseStatus } from '../db/schema.ts'
import { languageNameIn } from '../i18n/languages.ts'
import { listTranslations } from '../posts/admin-queries.ts'
import { titleOf } from '../posts/title.ts'
import type { Choice, PageOf } from '../views/admin-model.ts'
import type { DecisionPage, QueuePage } from '../views/queue-model.ts'
import type { Context } from '../web/context.ts'
import { countQueue, listPage, listQueued, listRecentPosts, MOST_COUNTED } from './admin-queries.ts'
import { filtered, type Place, placePath, placeQuery, SORTS, STATES } from './filters.ts'
import { ACTIONS, actionsOf, type Failed, responsesOf } from './queued.ts'

const PAGE = 50
const POSTS = 20
const PATH = '/admin/responses/'

/** A page of the queue as a template takes it. */
export async function queueOf(ctx: Context, author: SignedIn, place: Place): Promise<PageOf<QueuePage>> {
	const { db } = ctx.blog
	const { t } = ctx.state
	const whose = { author: confinedTo(author) }
	const page = await listPage(db, { ...place, ...whose }, PAGE)
	const responses = await listQueued(db, page.ids)
	const counts = await countQueue(db, { ...place, ...whose })
	return {
		heading: t('admin.responses'),
		action: PATH,
		place: placeQuery(place),
		states: statesOf(ctx, counts, place),
		state: place.state,
		search: place.q,
		locales: localesOf(ctx, place),
		kinds: kindsOf(ctx, place),
		posts: await postsOf(ctx, author, place),
		whole: isNarrow(place) ? placePath({ state: place.state, q: '' }) : undefined,
		writers: isEditor(author) ? `${PATH}writers/` : undefined,
		responses: await responsesOf(ctx, author, responses),
		bulk: actionsOf(t, place.state),
		empty: responses.length === 0 ? t(isNarrow(place) ? 'moderation.nothingFound' : 'admin.noResponses') : undefined,
		newer: page.hasNewer && responses.length > 0 ? neighbour(place, { after: page.ids[0] }) : undefined,
		older: page.hasOlder && responses.length > 0 ? neighbour(place, { before: page.ids.at(-1) }) : undefined,
	}
}

function neighbour(place: Place, from: Pick<Place, 'before' | 'after'>): string {
	return placePath({ ...filtered(place), ...from })
}

/** Whether less is asked for than a whole state. */
function isNarrow({ lang, post, kind, q }: Place): boolean {
	return q !== '' || [lang, post, kind].some((one) => one !== undefined)
}

/**
 * i18n: admin.responseFilters.held admin.responseFilters.approved admin.responseFilters.spam
 * i18n: admin.responseFilters.trash admin.responseFilters.all
 */
function statesOf({ state: { t, locale } }: Context, counts: Map<ResponseStatus, number> | undefined, place: Place) {
	const format = new Intl.NumberFormat(locale)
	const told = (count = 0) => `${format.format(count)}${count < MOST_COUNTED ? '' : '+'}`
	return [...STATES, 'all' as const].map((state) => ({
		href: placePath(filtered(place, { state })),
		text: t(`admin.responseFilters.${state}`),
		count: state === 'all' || !counts ? undefined : told(counts.get(state)),
		current: state === place.state,
	}))
}

function localesOf({ blog, state: { locale } }: Context, { lang }: Place): Choice[] {
	return blog.config.languages.map((one) => ({
		value: one,
		text: languageNameIn(one, locale),
		checked: one === lang,
	}))
}

/**
 * i18n: moderation.kinds.comment moderation.kinds.webmention moderation.kinds.pingback moderation.kinds.trackback
 * i18n: moderation.kinds.like moderation.kinds.repost
 */
function kindsOf({ state: { t } }: Context, { kind }: Place): Choice[] {
	return SORTS.map((one) => ({ value: one, text: t(`moderation.kinds.${one}`), checked: one === kind }))
}

/** The posts that were responded to last, and the one that is asked for. */
async function postsOf({ blog, state }: Context, author: SignedIn, { post }: Place): Promise<Choice[]> {
	const recent = await listRecentPosts(blog.db, { author: confinedTo(author) }, POSTS)
	// Whose post it is isn't told to others.
	const ids = post && !recent.includes(post) && isEditor(author) ? [post, ...recent] : recent
	const translations = await listTranslations(blog.db, ids)
	return ids.flatMap((id) => {
		const own = translations.filter(({ post_id }) => post_id === id)
		const shown = own.find(({ locale }) => locale === state.locale) ?? own[0]
		if (!shown) return []
		const text = titleOf(shown, blog.config.timezone)
		return [{ value: String(id), text, checked: id === post, lang: shown.locale }]
	})
}

/**
 * One response with the question whether to do this with it, as the links in letters ask; without the button when that
 * is its state already. Nothing when it is gone.
 * i18n: admin.ask.approve admin.ask.hold admin.ask.spam admin.ask.trash
 * i18n: admin.already.approve admin.already.hold admin.already.spam admin.already.trash
 */
export async function decisionOf(
	ctx: Context,
	author: SignedIn,
	id: number,
	action: string,
): Promise<PageOf<DecisionPage> | undefined> {
	const { t } = ctx.state
	const page = await oneOf(ctx, author, id, { state: 'held', q: '' })
	if (!page) return undefined
	const isOpen = page.response.state !== ACTIONS[action]
	return {
		...page,
		heading: isOpen ? t(`admin.ask.${action}`) : t('admin.responses'),
		notice: isOpen ? undefined : t(`admin.already.${action}`),
		response: { ...page.response, actions: [], reply: undefined, edit: undefined, verdicts: [], others: [] },
		button: isOpen ? { value: action, text: t(`admin.actions.${action}`) } : undefined,
	}
}

/** One response with all that can be done with it; nothing when it is gone. */
export async function oneOf(
	ctx: Context,
	author: SignedIn,
	id: number,
	place: Place,
	failed?: Failed,
): Promise<PageOf<DecisionPage> | undefined> {
	const [response] = await responsesOf(ctx, author, await listQueued(ctx.blog.db, [id]), failed)
	if (!response) return undefined
	return {
		heading: ctx.state.t('moderation.one', { name: response.name }),
		action: PATH,
		place: placeQuery(place),
		back: placePath(place),
		response: { ...response, selectLabel: '' },
	}
}
