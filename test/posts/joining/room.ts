import { insertPlaced } from '../../../src/comments/thread-queries.ts'
import type { Db } from '../../../src/db/schema.ts'
import { createPost, type Draft, type PostFields } from '../../../src/posts/save.ts'
import { type Desk, type DeskBlog, filled } from '../../admin/desk.ts'
import { at, NOW } from '../../support/fixtures.ts'

/** Stores a post with one text; gives its number. */
export function write(db: Db, draft: Draft, fields: PostFields = {}): Promise<number> {
	return createPost({ db, timezone: 'Europe/Moscow', now: NOW }, fields, [draft])
}

/** A published text. */
export function text(locale: string, day: string, title: string, slug: string, source = title): Draft {
	return { locale, title, slug, source, status: 'published', publishedAt: at(`${day}T09:00Z`) }
}

type Said = { parent?: number; locale?: string; created_at?: number; kind?: 'pingback'; url?: string }

/** Stores an approved response; gives its number. */
export async function say(db: Db, post: number, words: string, { parent, ...fields }: Said = {}): Promise<number> {
	const row = {
		...{
			post_id: post,
			kind: 'comment' as 'comment' | 'pingback',
			status: 'approved' as const,
			locale: 'ru',
			name: 'Вера',
			format: 'markdown' as const,
		},
		...{ source: words, html: `<p>${words}</p>`, created_at: NOW, author_id: null },
		...fields,
	} as const
	return db.transaction().execute(async (trx) => {
		const above = parent
			? await trx
					.selectFrom('comments')
					.select(['id', 'place', 'root', 'depth'])
					.where('id', '=', parent)
					.executeTakeFirstOrThrow()
			: undefined
		return (await insertPlaced(trx, row, above)).id
	})
}

/** Presses the button of the page that shows what will happen; gives the answer. */
export async function join(desk: Desk, a: number, b: number) {
	const page = await desk.html(`/admin/posts/${a}/join/?with=${b}`)
	return desk.post(`/admin/posts/${a}/join/`, filled(page, 'form.deciding'))
}

/** The same for splitting, with other choices than those the page makes. */
export async function split(desk: Desk, post: number, choices: Record<string, string> = {}) {
	const page = await desk.html(`/admin/posts/${post}/split/`)
	return desk.post(`/admin/posts/${post}/split/`, { ...filled(page, 'form.deciding'), ...choices })
}

/** The texts of responses under a post as readers see them, from top to bottom. */
export async function conversation(blog: DeskBlog, path: string): Promise<string[]> {
	const page = await blog.html(path)
	return page.$$('#comments .comment').map((one) => `${one.attributes.id} ${one.$('.e-content, p')?.text.trim() ?? ''}`)
}
