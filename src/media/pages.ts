import { notFound } from '../errors.ts'
import { decodePercent } from '../markdown/percent.ts'
import { Missing } from '../storage/storage.ts'
import type { Context } from '../web/context.ts'

/** An upload: its address holds a hash of its content, so it is kept for good; parts of it by Range. */
export async function mediaFile(ctx: Context): Promise<void> {
	const key = keyOf(ctx.path)
	ctx.respond = false
	// Koa begins with 404, which the storage would keep.
	ctx.res.statusCode = 200
	try {
		await ctx.blog.storage.send(ctx.req, ctx.res, key, headersOf(key))
	} catch (error) {
		ctx.respond = true
		throw error instanceof Missing ? notFound() : error
	}
}

/** @throws HttpError 404 for what can't be a key */
function keyOf(path: string): string {
	const parts = path
		.slice('/media/'.length)
		.split('/')
		.map((part) => decodePercent(part))
	if (parts.some((part) => part === undefined || /^\.|[/\\\0]|^$/.test(part))) throw notFound()
	return parts.join('/')
}

/** Opened by itself nothing runs, nor reads anything of the blog; what browsers don't show is saved. */
function headersOf(key: string): Record<string, string> {
	// Viewers of PDF don't open in a sandbox.
	const policy = key.endsWith('.pdf')
		? ''
		: "sandbox; default-src 'none'; object-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; "
	return {
		'X-Content-Type-Options': 'nosniff',
		'Content-Security-Policy': `${policy}base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
		'Content-Disposition': SHOWN.test(key) ? 'inline' : 'attachment',
	}
}

const SHOWN = /\.(?:jpe?g|png|gif|webp|avif|svg|mp3|og[gva]|opus|flac|wav|aac|m4[av]|mp4|webm|mov|pdf|txt)$/i
