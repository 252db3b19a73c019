import { HttpError } from '../errors.ts'
import type { Context } from './context.ts'

/**
 * Reads an `application/x-www-form-urlencoded` body.
 * @throws HttpError 415 for another type, 413 above `limit` bytes, 400 when it isn't UTF-8
 */
export async function readForm(ctx: Context, limit = 64 * 1024): Promise<URLSearchParams> {
	if (!ctx.is('urlencoded')) throw new HttpError(415)
	return new URLSearchParams(decodeUtf8(await readBody(ctx, limit)))
}

async function readBody({ req }: Context, limit: number): Promise<Buffer> {
	const chunks: Buffer[] = []
	let bytes = 0
	try {
		for await (const chunk of req) {
			bytes += chunk.length
			if (bytes > limit) throw new HttpError(413, { Connection: 'close' })
			chunks.push(chunk)
		}
	} catch (error) {
		// A sender who goes away in the middle is no fault of ours.
		throw error instanceof HttpError ? error : new HttpError(400)
	}
	return Buffer.concat(chunks)
}

function decodeUtf8(body: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(body)
	} catch {
		throw new HttpError(400)
	}
}
