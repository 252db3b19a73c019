import type { Db } from '../../db/schema.ts'

/** How many pages could not be told of a link to them, from the posts of one author or from all. */
export async function countFailed(db: Db, author: number | undefined): Promise<number> {
	let query = db
		.selectFrom('deliveries as d')
		.innerJoin('posts as p', 'p.id', 'd.post_id')
		.where('d.state', '=', 'failed')
	if (author) query = query.where('p.author_id', '=', author)
	const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
	return Number(count)
}
