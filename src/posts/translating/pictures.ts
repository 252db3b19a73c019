import { isEditor } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import type { Db, Translation } from '../../db/schema.ts'
import { changeMedia } from '../../media/change.ts'
import { mediaPath } from '../../media/paths.ts'
import { findMedia } from '../../media/queries.ts'
import { needsWords } from './lacks.ts'
import { listShown } from './queries.ts'

/** A picture of a text that doesn't say what it shows: the words are the picture's own, in each language. */
export interface Picture {
	id: number
	src: string
	name: string
	/** In the language of the source, and in that of the translation. */
	original: string
	alt: string
	/** Whether this author may say what it shows. */
	isMine: boolean
}

/** The pictures of a text and its translation that need words of their own. */
export async function picturesOf(
	db: Db,
	author: SignedIn,
	source: Translation,
	target: { id?: number; text: string; lang: string },
): Promise<Picture[]> {
	const ids = target.id === undefined ? [source.id] : [source.id, target.id]
	const shown = await listShown(db, ids, [source.locale, target.lang])
	return [...shown]
		.filter(([, [picture]]) => [source.source, target.text].some((text) => needsWords(text, picture!.path)))
		.map(([id, rows]) => ({
			id,
			src: mediaPath(rows[0]!.path),
			name: rows[0]!.name,
			original: rows.find(({ locale }) => locale === source.locale)?.alt ?? '',
			alt: rows.find(({ locale }) => locale === target.lang)?.alt ?? '',
			isMine: isEditor(author) || rows[0]!.author_id === author.id,
		}))
}

/** Says in a language what pictures show, of those this author may. */
export async function saveAlts(
	changing: { db: Db; authorId: number; now: number },
	pictures: Picture[],
	lang: string,
	alts: Map<number, string>,
): Promise<void> {
	for (const { id, alt, isMine } of pictures) {
		const wish = alts.get(id)
		const media = isMine && wish !== undefined && wish !== alt ? await findMedia(changing.db, id) : undefined
		if (media) await changeMedia(changing, media, { name: media.name, alts: new Map([[lang, wish!]]) })
	}
}
