import { audit } from '../authors/audit-queries.ts'
import { subjectOf } from '../media/change.ts'
import { mediaPath } from '../media/paths.ts'
import type { Media } from '../media/queries.ts'
import { UploadRefused } from '../media/refused.ts'
import { storeUpload, type Upload } from '../media/store.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { Fault, INVALID_PARAMS } from '../xmlrpc/fault.ts'
import type { Struct } from '../xmlrpc/value.ts'
import { refuse, refuseUpload } from './faults.ts'
import { textIn } from './members.ts'
import type { AuthorCall } from './method.ts'
import type { Desk } from './write.ts'

/** Stores an author's file and notes it in the log of changes. @throws UploadRefused */
export async function storeBy({ blog, author }: Desk, file: Pick<Upload, 'content' | 'name'>): Promise<Media> {
	const media = await storeUpload(blog, { ...file, authorId: author.id })
	const { id, name } = media
	const change = { authorId: author.id, subject: subjectOf(id), name, now: blog.clock() }
	await audit(blog.db, { action: 'media-uploaded', ...change })
	return media
}

/** Stores a file that an editor sends. @throws Fault -32602, 400 when it can't be taken */
export async function storeFileOf(call: AuthorCall, file: Struct): Promise<Struct> {
	const { bits } = file
	if (!(bits instanceof Uint8Array)) throw new Fault(INVALID_PARAMS, 'Member bits must be base64')
	if ((await secondsToWait(call.blog, 'upload', String(call.author.id))) > 0) throw refuse(call, 'tooOften')
	const content = Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength)
	const media = await storeBy(call, { content, name: textIn(file, 'name') ?? '' }).catch((error) => {
		throw error instanceof UploadRefused ? refuseUpload(call, error) : error
	})
	return asFile(call, media)
}

function asFile({ blog }: AuthorCall, { id, path, name, mime }: Media): Struct {
	const url = blog.config.siteUrl + mediaPath(path)
	return {
		id: String(id),
		attachment_id: String(id),
		file: name,
		title: name,
		type: mime,
		url,
		link: url,
		thumbnail: url,
	}
}
