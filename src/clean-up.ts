import { deleteEndedLinks } from './authors/link-queries.ts'
import { deleteIdleSessions } from './authors/session-queries.ts'
import { IDLE } from './authors/sessions.ts'
import { deleteDead } from './jobs/queries.ts'
import type { Blog } from './web/context.ts'

const YEAR = 365 * 24 * 60 * 60 * 1000

/** The daily job: removes what has ended and nobody will ask for. */
export async function cleanUp({ db, clock, pictures }: Pick<Blog, 'db' | 'clock' | 'pictures'>): Promise<void> {
	const now = clock()
	await deleteIdleSessions(db, now - IDLE)
	await deleteEndedLinks(db, now)
	await deleteDead(db, now - YEAR)
	await pictures.cleanUp()
}
