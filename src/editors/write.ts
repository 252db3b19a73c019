import type { Caller } from '../authors/application-queries.ts'
import { isEditor } from '../authors/roles.ts'
import type { Status } from '../db/schema.ts'
import { findPicture } from '../posts/admin-queries.ts'
import { editTranslation, StaleRevision, setStatus, writePost } from '../posts/edit.ts'
import type { Draft, Saving } from '../posts/save.ts'
import { slugFrom } from '../posts/slug.ts'
import { loadSettings } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import { type Entry, findEntryId, listFiled, listTerms } from './queries.ts'
import { changesOf, type Mistake, mistakeIn, settlingOf, type Written } from './written.ts'

/** What an author wrote can't be taken. */
export class Unwritable extends Error {
	override name = 'Unwritable'
	readonly mistake: Mistake | 'stale'
	constructor(mistake: Mistake | 'stale') {
		super(mistake)
		this.mistake = mistake
	}
}

/** Who writes, and where. */
export interface Desk {
	blog: Blog
	author: Caller
}

/** Stores a new post with its first translation; gives the translation's id. @throws Unwritable */
export async function writeEntry(desk: Desk, locale: string, written: Written): Promise<number> {
	await refuseMistakes(desk, written, locale)
	const { db, catalog } = desk.blog
	const { comments } = await loadSettings(db, catalog)
	const { title = '', source = '', ...changes } = changesOf(written)
	const draft: Draft = { ...changes, title, source, locale }
	const { commentsOpen = comments.open, pingsOpen = comments.pings } = written
	const settling = settlingOf({ ...written, commentsOpen, pingsOpen }, locale, [])
	const post = await writePost(savingOf(desk), { id: desk.author.id }, settling, draft)
	return (await findEntryId(db, post.id, locale))!
}

/** Changes a translation and what it shares. @throws Unwritable */
export async function changeEntry(desk: Desk, entry: Entry, written: Written): Promise<void> {
	await refuseMistakes(desk, written, entry.locale, entry)
	const filed = await listFiled(desk.blog.db, [entry.post_id], entry.locale)
	const settling = settlingOf(allowed(desk, written), entry.locale, filed)
	try {
		await editTranslation(savingOf(desk), entry, settling, changesOf(written, entry))
	} catch (error) {
		throw error instanceof StaleRevision ? new Unwritable('stale') : error
	}
}

/** Puts a translation into the trash. */
export async function trashEntry(desk: Desk, entry: Entry): Promise<void> {
	await setStatus(savingOf(desk), entry.id, 'trash')
}

/** Takes a translation out of the trash. */
export async function restoreEntry(desk: Desk, entry: Entry, status: Status): Promise<void> {
	await setStatus(savingOf(desk), entry.id, status)
}

async function refuseMistakes(desk: Desk, written: Written, locale: string, entry?: Entry): Promise<void> {
	const mistake = mistakeIn(written, entry, desk.author.role)
	if (mistake) throw new Unwritable(mistake)
	const { coverId } = written
	const isNewCover = coverId && coverId !== entry?.cover_id
	if (isNewCover && !(await findPicture(desk.blog.db, coverId))) throw new Unwritable('cover')
	if (!isEditor(desk.author) && (await hasNewCategory(desk, written, locale))) throw new Unwritable('category')
}

/** Categories are made by those who look after the whole blog. */
async function hasNewCategory({ blog }: Desk, { categories = [] }: Written, locale: string): Promise<boolean> {
	const names = categories.filter((category) => typeof category === 'string')
	if (names.length === 0) return false
	const known = await listTerms(blog.db, 'category', locale)
	return names.some((name) => !known.some((term) => term.name === name || term.slug === (slugFrom(name) || name)))
}

/** Editors send all there is, also what those who write with them don't settle. */
function allowed({ author }: Desk, written: Written): Written {
	return isEditor(author) ? written : { ...written, kind: undefined, sticky: undefined }
}

function savingOf({ blog: { db, config, clock }, author }: Desk): Saving {
	return { db, timezone: config.timezone, now: clock(), authorId: author.id }
}
