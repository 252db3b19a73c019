import type { Action } from '../authors/actions.ts'
import type { Caller } from '../authors/application-queries.ts'
import { audit } from '../authors/audit-queries.ts'
import { isEditor } from '../authors/roles.ts'
import type { Status, Translation } from '../db/schema.ts'
import { editTranslation, StaleRevision, setStatus, writePost } from '../posts/edit.ts'
import type { Draft, Saving } from '../posts/save.ts'
import type { Blog } from '../web/context.ts'
import { type Entry, findEntryId, listFiled } from './queries.ts'
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
	refuseMistakes(desk, written)
	const { db } = desk.blog
	const { title = '', source = '', ...changes } = changesOf(written)
	const draft: Draft = { ...changes, title, source, locale }
	const settling = settlingOf(written, locale, [])
	const post = await writePost(savingOf(desk), { id: desk.author.id }, settling, draft)
	await note(desk, 'post-created', { post_id: post.id, locale, title })
	return (await findEntryId(db, post.id, locale))!
}

/** Changes a translation and what it shares. @throws Unwritable */
export async function changeEntry(desk: Desk, entry: Entry, written: Written): Promise<void> {
	refuseMistakes(desk, written, entry)
	const filed = await listFiled(desk.blog.db, [entry.post_id], entry.locale)
	const settling = settlingOf(allowed(desk, written), entry.locale, filed)
	try {
		await editTranslation(savingOf(desk), entry, settling, changesOf(written, entry))
	} catch (error) {
		throw error instanceof StaleRevision ? new Unwritable('stale') : error
	}
	await note(desk, actionOf(entry, written), { ...entry, title: written.title ?? entry.title })
}

/** Puts a translation into the trash. */
export async function trashEntry(desk: Desk, entry: Entry): Promise<void> {
	await setStatus(savingOf(desk), entry.id, 'trash')
	await note(desk, 'post-trashed', entry)
}

/** Takes a translation out of the trash. */
export async function restoreEntry(desk: Desk, entry: Entry, status: Status): Promise<void> {
	await setStatus(savingOf(desk), entry.id, status)
	await note(desk, 'post-restored', entry)
}

function refuseMistakes({ author }: Desk, written: Written, entry?: Entry): void {
	const mistake = mistakeIn(written, entry, author.role)
	if (mistake) throw new Unwritable(mistake)
}

/** Editors send all there is, also what those who write with them don't settle. */
function allowed({ author }: Desk, written: Written): Written {
	return isEditor(author) ? written : { ...written, kind: undefined, sticky: undefined }
}

function actionOf(before: Entry, { status = before.status }: Written): Action {
	const wasPublished = before.status === 'published'
	if (wasPublished === (status === 'published')) return 'post-changed'
	return wasPublished ? 'post-unpublished' : 'post-published'
}

function savingOf({ blog: { db, config, clock }, author }: Desk): Saving {
	return { db, timezone: config.timezone, now: clock(), authorId: author.id }
}

async function note(
	{ blog: { db, clock }, author }: Desk,
	action: Action,
	{ post_id, locale, title }: Pick<Translation, 'post_id' | 'locale' | 'title'>,
): Promise<void> {
	await audit(db, { authorId: author.id, action, subject: `posts/${post_id}/${locale}/`, name: title, now: clock() })
}
