import { confinedTo } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { addressOf } from '../posts/address.ts'
import { countPosts, listPosts, listTranslations } from '../posts/admin-queries.ts'
import { authorNames } from '../posts/author-names.ts'
import { stateOf, stateText } from '../posts/states.ts'
import type { PostRow, TranslationCell } from '../views/admin-model.ts'
import { lastPage, pagesOf } from '../views/paging.ts'
import type { Context } from '../web/context.ts'
import { noticeOf } from '../web/notice.ts'
import { queryOf } from '../web/query.ts'
import { adminPage } from './admin-page.ts'

const PAGE = 20

type PostHead = Awaited<ReturnType<typeof listPosts>>[number]
type Head = Awaited<ReturnType<typeof listTranslations>>[number]

/** The posts × the languages. */
export async function postsPage(ctx: Context, author: SignedIn): Promise<void> {
	const { db } = ctx.blog
	const { t } = ctx.state
	const whose = { author: confinedTo(author) }
	const last = lastPage(await countPosts(db, whose), PAGE)
	const page = pageNumber(ctx, last)
	const posts = await listPosts(db, whose, { limit: PAGE, offset: (page - 1) * PAGE })
	const translations = await listTranslations(
		db,
		posts.map(({ id }) => id),
	)
	const names = await authorNames(
		ctx,
		posts.map((post) => post.author_id),
	)
	const rows = posts.map((post) => {
		const own = translations.filter((translation) => translation.post_id === post.id)
		const isOthers = post.author_id !== null && post.author_id !== author.id
		return rowOf(ctx, post, own, isOthers ? names.get(post.author_id!) : undefined)
	})
	adminPage(ctx, author, 'posts', {
		heading: t('admin.posts'),
		notice: noticeOf(ctx, { deleted: 'admin.done.deleted' }),
		newPost: '/admin/posts/new/',
		posts: rows,
		empty: posts.length === 0 ? t('admin.noPosts') : undefined,
		pages: pagesOf(page, last, (number) => `/admin/posts/?page=${number}`, t),
	})
}

/** The number of the page asked for, within what there is. */
export function pageNumber(ctx: Context, last: number): number {
	const asked = queryOf(ctx).get('page') ?? ''
	return /^\d{1,9}$/.test(asked) ? Math.min(Math.max(Number(asked), 1), last) : 1
}

function rowOf(ctx: Context, post: PostHead, translations: Head[], name: string | undefined): PostRow {
	const { t, locale } = ctx.state
	const shown = translations.find((translation) => translation.locale === locale) ?? translations[0]!
	const marks = [post.kind === 'page' && t('admin.kinds.page'), post.sticky === 1 && t('admin.sticky'), name]
	return {
		title: shown.title || t('admin.untitled'),
		lang: shown.locale,
		href: addressOf(post.id, shown.locale),
		marks: marks.filter((mark) => typeof mark === 'string'),
		translations: ctx.blog.config.languages.map((lang) => cellOf(ctx, post.id, lang, translations)),
	}
}

function cellOf(
	{ blog, state: { t, locale } }: Context,
	postId: number,
	lang: string,
	translations: Head[],
): TranslationCell {
	const found = translations.find((translation) => translation.locale === lang)
	const state = stateOf(found, blog.clock())
	const status = stateText(state, t)
	const time = found && (found.published_at ?? found.modified_at)
	const date = time ? formatMoment(time, locale, blog.config.timezone) : undefined
	return { lang, language: languageName(lang), href: addressOf(postId, lang), status, state, date }
}
