import type { Db, Role, Time } from '../db/schema.ts'
import { bumpPosts } from '../db/versions.ts'

/** Stores an author with a name in each language and gives the id. */
export async function createAuthor(
	db: Db,
	author: {
		slug: string
		email?: string
		role?: Role
		names: { locale: string; name: string; bio?: string }[]
		now: Time
	},
): Promise<number> {
	return db.transaction().execute(async (trx) => {
		const { slug, email, role = 'author', names, now } = author
		const { id } = await trx
			.insertInto('authors')
			.values({ slug, email: email ?? null, role, created_at: now })
			.returning('id')
			.executeTakeFirstOrThrow()
		await trx
			.insertInto('author_names')
			.values(names.map((name) => ({ ...name, author_id: id })))
			.execute()
		await bumpPosts(
			trx,
			names.map(({ locale }) => locale),
		)
		return id
	})
}

/** All names of an author, by slug. */
export async function findAuthorNames(db: Db, slug: string) {
	return db
		.selectFrom('authors as a')
		.innerJoin('author_names as n', 'n.author_id', 'a.id')
		.select(['a.id', 'a.slug', 'n.locale', 'n.name', 'n.bio'])
		.where('a.slug', '=', slug)
		.execute()
}
