import type { Db, PostKind, Time } from '../db/schema.ts'
import { visible } from '../db/visible.ts'
import { presentPost } from '../posts/joining/queries.ts'

/** The address of a translation, as far as it names one. */
export interface Named {
	kind: PostKind
	locale: string
	slug: string
}

/** The visible translation that has this address or once had it, or whose sibling in another language has its slug. */
export async function findNamed(db: Db, { kind, locale, slug }: Named, now: Time) {
	const rows = () =>
		db
			.selectFrom('translations as t')
			.innerJoin('posts as p', 'p.id', 't.post_id')
			.select(['t.post_id', 't.kind', 't.locale', 't.slug', 't.year', 't.month', 't.password', 't.published_at'])
			.select('p.pings_open')
			.where(visible(now))
	const own = await rows()
		.where('t.kind', '=', kind)
		.where('t.locale', '=', locale)
		.where('t.slug', '=', slug)
		.executeTakeFirst()
	if (own) return own
	const old = await rows()
		.innerJoin('old_slugs as o', 'o.translation_id', 't.id')
		.where('o.kind', '=', kind)
		.where('o.locale', '=', locale)
		.where('o.slug', '=', slug)
		.executeTakeFirst()
	if (old) return old
	return rows()
		.innerJoin('translations as s', 's.post_id', 't.post_id')
		.where('t.kind', '=', kind)
		.where('t.locale', '=', locale)
		.where('s.slug', '=', slug)
		.where('s.status', '=', 'published')
		.where('s.published_at', '<=', now)
		.executeTakeFirst()
}

/** A visible translation of the post that a number names or once named, one without a password if there is one. */
export async function findAnyOf(db: Db, number: number, now: Time) {
	const postId = (await presentPost(db, number)) ?? 0
	return db
		.selectFrom('translations as t')
		.innerJoin('posts as p', 'p.id', 't.post_id')
		.select(['t.post_id', 't.kind', 't.locale', 't.slug', 't.year', 't.month', 't.password', 't.published_at'])
		.select('p.pings_open')
		.where('t.post_id', '=', postId)
		.where(visible(now))
		.orderBy('t.password')
		.orderBy('t.id')
		.executeTakeFirst()
}

/** A translation that is mentioned. */
export type Found = NonNullable<Awaited<ReturnType<typeof findNamed>>>
