import { nameIn } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { notFound } from '../errors.ts'
import { dayOf } from '../i18n/dates.ts'
import { findPicture } from '../posts/admin-queries.ts'
import { LONGEST, type PostInput, readPostForm, settlingOf } from '../posts/form.ts'
import { type Loaded, load } from '../posts/load.ts'
import { findPreviewed } from '../posts/previews/queries.ts'
import { findWhole, type Whole } from '../posts/queries.ts'
import { render } from '../posts/save.ts'
import { slugFrom } from '../posts/slug.ts'
import { fromLocal } from '../posts/zone.ts'
import { listTermsNamed } from '../terms/queries.ts'
import type { PostCard } from '../views/model.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { MOST_BYTES } from '../web/fields.ts'
import { pagePolicy } from '../web/headers.ts'
import { closeDoors } from './admin-page.ts'
import { termsOn } from './cards.ts'
import { postModel } from './post-model.ts'
import { answerPage } from './render.ts'

/** A draft as readers will see it, for whoever has the link, until it ends. */
export async function previewPage(ctx: Context): Promise<void> {
	const { db, clock } = ctx.blog
	const id = await findPreviewed(db, ctx.params.token!, clock())
	const found = id === undefined ? undefined : await findWhole(db, id)
	if (!found || found.status === 'trash') throw notFound()
	ctx.set('Referrer-Policy', 'no-referrer')
	await show(ctx, found)
}

/** The form of a post as readers would see it; nothing is stored. */
export async function previewForm(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const form = await readForm(ctx, MOST_BYTES)
	const input = readPostForm(form, 'draft', loaded.lang, ctx.blog.config.languages)
	closeDoors(ctx)
	await show(ctx, await written(ctx, input, loaded, author), await termsIn(ctx, input, loaded.lang))
	ctx.set('Content-Security-Policy', pagePolicy(ctx.blog.theme.inline, "'none'"))
}

async function show(ctx: Context, found: Whole, terms?: Pick<PostCard, 'categories' | 'tags'>): Promise<void> {
	const { config, clock, catalog } = ctx.blog
	ctx.state.locale = found.locale
	ctx.state.t = catalog.translator(found.locale)
	ctx.set('X-Robots-Tag', 'noindex')
	const published = found.published_at ?? clock()
	const { year, month } = found.year ? found : dayOf(published, config.timezone)
	const model = await postModel(ctx, {
		...found,
		year,
		month,
		published_at: published,
		password: null,
		comments_open: 0,
	})
	const hidden = { robots: 'noindex', canonical: undefined, alternates: [], feeds: [], meta: [], jsonLd: undefined }
	answerPage(ctx, 200, 'post', { ...model, ...hidden, post: { ...model.post, ...terms } })
}

/** What would be stored: on top of what is, or of a sibling. */
async function written(ctx: Context, input: PostInput, loaded: Loaded, author: SignedIn): Promise<Whole> {
	const { blog } = ctx
	const nearest = loaded.stored ?? loaded.translations[0]
	const base = (nearest && (await findWhole(blog.db, nearest.id))) ?? blank(ctx, author)
	const format = loaded.stored?.format ?? 'markdown'
	const draft = { source: input.text, manualExcerpt: input.excerpt, locale: loaded.lang, format }
	return {
		...base,
		...(await render(blog.db, draft)),
		...{ locale: loaded.lang, format },
		kind: input.kind ?? base.kind,
		title: input.title,
		slug: input.slug || loaded.stored?.slug || slugFrom(input.title) || 'post',
		published_at: fromLocal(input.published, blog.config.timezone) ?? loaded.stored?.published_at ?? null,
		...(await coverOf(ctx, input)),
	}
}

/** The terms that are ticked, and those that would be made; none told where the form doesn't ask. */
async function termsIn({ blog }: Context, input: PostInput, lang: string) {
	const { terms, newTerms } = settlingOf(input)
	if (!terms) return undefined
	const made = newTerms.flatMap(({ kind, names }) =>
		names
			.filter(({ locale, name }) => locale === lang && name.length <= LONGEST.term)
			.map(({ name }) => ({ kind, name, slug: slugFrom(name) })),
	)
	return termsOn([...(await listTermsNamed(blog.db, terms, lang)), ...made], lang)
}

async function coverOf({ blog }: Context, { cover }: PostInput) {
	if (cover === undefined) return {}
	const picture = cover === null ? undefined : await findPicture(blog.db, cover)
	return {
		cover_path: picture?.path ?? null,
		cover_width: picture?.width ?? null,
		cover_height: picture?.height ?? null,
		cover_widths: null,
	}
}

function blank({ blog, state: { locale } }: Context, author: SignedIn): Whole {
	return {
		...{ id: 0, post_id: 0, parent_id: null, kind: 'post', locale, slug: '', title: '', format: 'markdown', guid: '' },
		...{ html: '', text: '', excerpt: '', excerpt_cut: 0, words: 0, password: null, status: 'draft' },
		...{ published_at: null, modified_at: blog.clock(), year: null, month: null, sticky: 0, comments_open: 0 },
		...{ revision: 0, major_revision: 0, source_locale: null, source_revision: null, pings_open: 0 },
		...{ author_id: author.id, author_slug: 'author', author_name: nameIn(author, locale) },
		...{ cover_path: null, cover_width: null, cover_height: null, cover_widths: null },
	} as Whole
}
