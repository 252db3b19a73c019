import { authorPath } from '../authors/paths.ts'
import { countResponses } from '../comments/queries.ts'
import { alphabetOf } from '../i18n/collate.ts'
import { formatMoment } from '../i18n/dates.ts'
import { sizesOf } from '../markdown/pictures.ts'
import { mediaPath } from '../media/paths.ts'
import { readWidths, srcsetsOf } from '../media/versions.ts'
import type { Card } from '../posts/listing-queries.ts'
import { permalink } from '../posts/permalink.ts'
import { readingMinutes } from '../posts/post.ts'
import { titleOf } from '../posts/title.ts'
import { termPath } from '../terms/paths.ts'
import { listTermsOf } from '../terms/queries.ts'
import type { Link, PostCard } from '../views/model.ts'
import type { Context } from '../web/context.ts'

/** Translations as listings show them, with their terms and numbers of responses. */
export async function postCards(ctx: Context, rows: Card[]): Promise<PostCard[]> {
	const { db } = ctx.blog
	const ids = rows.map((row) => row.post_id)
	const terms = await listTermsOf(db, ids, ctx.state.locale)
	const counts = await countResponses(db, ids)
	return rows.map((row) => {
		const own = terms.filter((term) => term.post_id === row.post_id)
		return postCard(ctx, row, own, counts.get(row.post_id) ?? 0)
	})
}

type Term = Pick<Awaited<ReturnType<typeof listTermsOf>>[number], 'kind' | 'name' | 'slug'>

/** One translation as listings show it. */
export function postCard(ctx: Context, row: Card, terms: Term[], responses: number): PostCard {
	const { locale, t } = ctx.state
	const href = permalink(row)
	const locked = row.password !== null
	const title = titleOf(row, ctx.blog.config.timezone)
	return {
		href,
		title: locked ? t('post.lockedTitle', { title }) : title,
		published: formatMoment(row.published_at, locale, ctx.blog.config.timezone),
		author: authorLink(row),
		...termsOn(terms, locale),
		excerpt: locked ? '' : row.excerpt,
		more: !locked && row.excerpt_cut === 1,
		responses: { count: responses, text: responsesText(responses, ctx), href: `${href}#comments` },
		reading: t('post.reading', { count: readingMinutes(row.words) }),
		sticky: row.sticky === 1,
		locked,
		cover: locked ? undefined : coverOf(row),
	}
}

function authorLink({ locale, author_slug, author_name }: Card): Link | undefined {
	if (!author_slug || !author_name) return undefined
	return { href: authorPath(locale, author_slug), text: author_name }
}

/** Terms as a card shows them. */
export function termsOn(terms: Term[], locale: string): Pick<PostCard, 'categories' | 'tags'> {
	return { categories: termLinks(terms, 'category', locale), tags: termLinks(terms, 'tag', locale) }
}

function termLinks(terms: Term[], kind: Term['kind'], locale: string): Link[] {
	const compare = alphabetOf(locale)
	return terms
		.filter((term) => term.kind === kind)
		.sort((a, b) => compare(a.name, b.name))
		.map((term) => ({ href: termPath(locale, term), text: term.name }))
}

function responsesText(count: number, { state: { t } }: Context): string {
	return count === 0 ? t('responses.none') : t('responses.count', { count })
}

/** The picture of a post, where its text may be seen too. */
export function coverOf({
	cover_path: path,
	cover_width: width,
	cover_height: height,
	cover_widths: widths,
}: Pick<Card, 'cover_path' | 'cover_width' | 'cover_height' | 'cover_widths'>): PostCard['cover'] {
	if (!path) return undefined
	const image = { src: mediaPath(path), alt: '' }
	if (!width || !height) return image
	return { ...image, width, height, sizes: sizesOf(width), ...srcsetsOf({ path, width }, readWidths(widths)) }
}
