import type { Db, Time } from '../../db/schema.ts'

const LATELY = 30 * 24 * 60 * 60 * 1000

/** How many pages could not be told lately of a link to them, from the posts of one author or from all. */
export async function countFailed(db: Db, author: number | undefined, now: Time): Promise<number> {
	let query = db
		.selectFrom('deliveries as d')
		.innerJoin('posts as p', 'p.id', 'd.post_id')
		.where('d.state', '=', 'failed')
		.where('d.asked_at', '>', now - LATELY)
	if (author) query = query.where('p.author_id', '=', author)
	const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
	return Number(count)
}
