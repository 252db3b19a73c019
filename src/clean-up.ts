import { trimChanges } from './authors/audit-queries.ts'
import { deleteEndedLinks } from './authors/link-queries.ts'
import { deleteOldSessions } from './authors/session-queries.ts'
import { IDLE, LONGEST } from './authors/sessions.ts'
import { deleteUndos } from './comments/undo-queries.ts'
import { deleteDead } from './jobs/queries.ts'
import { removeAbandoned } from './media/store.ts'
import { forgetFetches } from './mentions/fetches-queries.ts'
import { cleanPhotos } from './mentions/photo.ts'
import { deleteOld } from './mentions/queries.ts'
import { dropUnsavedBefore } from './posts/drafts/queries.ts'
import { deleteEndedPreviews } from './posts/previews/queries.ts'
import type { Blog } from './web/context.ts'

const DAY = 24 * 60 * 60 * 1000
const YEAR = 365 * DAY
/** For what was typed and never saved. */
const QUARTER = 90 * DAY

/** The daily job: removes what has ended and nobody will ask for. */
export async function cleanUp({
	db,
	clock,
	config,
	storage,
	pictures,
}: Pick<Blog, 'db' | 'clock' | 'config' | 'storage' | 'pictures'>): Promise<void> {
	const now = clock()
	await deleteOldSessions(db, now - IDLE, now - LONGEST)
	await deleteEndedLinks(db, now)
	await trimChanges(db, { before: now - 2 * YEAR, most: 50_000, failures: 2_000 })
	await deleteDead(db, now - YEAR)
	await dropUnsavedBefore(db, now - QUARTER)
	await deleteEndedPreviews(db, now)
	await deleteUndos(db, now - DAY)
	await forgetFetches(db, now)
	await deleteOld(db, now - YEAR)
	await cleanPhotos({ db, storage })
	await pictures.cleanUp()
	await removeAbandoned({ config, clock })
}
