import { HttpError } from '../errors.ts'
import type { Context } from './context.ts'
import { allowUpload } from './patience.ts'

/**
 * Reads an `application/x-www-form-urlencoded` body.
 * @throws HttpError 415 for another type, 413 above `limit` bytes, 400 when it isn't UTF-8
 */
export async function readForm(ctx: Context, limit = 64 * 1024): Promise<URLSearchParams> {
	if (!ctx.is('urlencoded')) throw new HttpError(415)
	const form = new URLSearchParams(decodeUtf8(await readBody(ctx, limit)))
	ctx.state.sent = form
	return form
}

/**
 * Reads a body of at most `limit` bytes; for a longer one `allow`, which is given its beginning, tells another limit.
 * @throws HttpError 413 above the limit, 400 when the sender goes away
 */
export async function readBody(
	ctx: Context,
	limit: number,
	allow = async (_beginning: Buffer) => limit,
): Promise<Buffer> {
	const chunks: Buffer[] = []
	let allowed: number | undefined
	let bytes = 0
	for await (const chunk of chunksOf(ctx)) {
		chunks.push(chunk)
		bytes += chunk.length
		if (bytes > limit) allowed ??= await allow(Buffer.concat(chunks))
		if (allowed !== undefined && allowed > limit) allowUpload(ctx.req)
		if (bytes > (allowed ?? limit)) throw new HttpError(413, { Connection: 'close' })
	}
	return Buffer.concat(chunks)
}

async function* chunksOf({ req }: Context): AsyncGenerator<Buffer> {
	try {
		// Destroying the request when it is too large would destroy the answer too.
		yield* req.iterator({ destroyOnReturn: false })
	} catch {
		// A sender who goes away in the middle is no fault of ours.
		throw new HttpError(400)
	}
}

/** Text of UTF-8. @throws HttpError 400 when it is none */
export function decodeUtf8(body: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(body)
	} catch {
		throw new HttpError(400)
	}
}
