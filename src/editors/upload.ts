import { mediaPath } from '../media/paths.ts'
import type { Media } from '../media/queries.ts'
import { UploadRefused } from '../media/refused.ts'
import { storeUpload } from '../media/store.ts'
import { Fault, INVALID_PARAMS } from '../xmlrpc/fault.ts'
import type { Struct } from '../xmlrpc/value.ts'
import { refuse } from './faults.ts'
import { textIn } from './members.ts'
import type { AuthorCall } from './method.ts'

/** Stores a file that an editor sends. @throws Fault -32602, 400 when it can't be taken */
export async function storeFileOf(call: AuthorCall, file: Struct): Promise<Struct> {
	const { bits } = file
	if (!(bits instanceof Uint8Array)) throw new Fault(INVALID_PARAMS, 'Member bits must be base64')
	const content = Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength)
	const media = await store(call, content, textIn(file, 'name') ?? '')
	return asFile(call, media)
}

async function store(call: AuthorCall, content: Buffer, name: string): Promise<Media> {
	try {
		return await storeUpload(call.blog, { content, name, authorId: call.author.id })
	} catch (error) {
		throw error instanceof UploadRefused ? refuse(call, 'upload') : error
	}
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
