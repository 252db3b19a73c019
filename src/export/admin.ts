import { PassThrough } from 'node:stream'
import { audit } from '../authors/audit-queries.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { HttpError } from '../errors.ts'
import { closeDoors } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { writeExport } from './archive.ts'
import { writeWxr } from './wxr/write.ts'

/** The ways out: what the file is called and what it is. */
const FORMATS = {
	zip: { name: 'blog.zip', type: 'application/zip', write: writeExport },
	wxr: { name: 'wordpress.xml', type: 'application/xml', write: writeWxr },
}

/** Sends the blog as a file while it is being written. */
export async function exportBlog(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock, config, storage, log } = ctx.blog
	const format = FORMATS[(await readForm(ctx)).get('format') as keyof typeof FORMATS]
	if (!format) throw new HttpError(422)
	await audit(db, { authorId: author.id, action: 'exported', subject: 'backup/', name: format.name, now: clock() })
	const out = new PassThrough()
	closeDoors(ctx)
	ctx.type = format.type
	ctx.attachment(format.name)
	ctx.body = out
	// A reader who goes away ends it; a failure cuts the answer short, so that nobody takes it for whole.
	ctx.res.on('close', () => out.destroy())
	void Promise.resolve(format.write({ db, config, storage, now: clock() }, out)).catch((error) => {
		if (!ctx.res.destroyed) log.error({ err: error }, 'the export broke off')
		out.destroy(error)
		ctx.res.destroy()
	})
}
