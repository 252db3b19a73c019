import type { ServerResponse } from 'node:http'
import send from 'send'
import { notFound } from '../errors.ts'
import type { Context } from '../web/context.ts'

/** An upload: its address holds a hash of its content, so it is kept for good; parts of it by Range. */
export async function mediaFile(ctx: Context): Promise<void> {
	const root = ctx.blog.config.storageUrl.slice('file:'.length)
	const stream = send(ctx.req, encodeURI(decodeURI(ctx.path.slice('/media'.length))), {
		root,
		index: false,
		dotfiles: 'ignore',
		immutable: true,
		maxAge: '1y',
	})
	await new Promise<void>((resolve, reject) => {
		stream.on('error', ({ status }: { status: number }) => {
			if (status === 412 || status === 416) refuse(ctx.res, status)
			else reject(notFound())
		})
		stream.on('directory', () => reject(notFound()))
		stream.on('headers', (res) => {
			res.setHeader('X-Content-Type-Options', 'nosniff')
			// An SVG or a PDF opened by itself runs nothing and reads nothing of the blog.
			res.setHeader('Content-Security-Policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
		})
		ctx.res.on('close', resolve)
		ctx.respond = false
		// Koa begins with 404, which `send` would keep.
		ctx.res.statusCode = 200
		stream.pipe(ctx.res)
	}).catch((error) => {
		ctx.respond = true
		throw error
	})
}

/** A condition or a range that the file doesn't meet: that is no page's business. */
function refuse(res: ServerResponse, status: 412 | 416): void {
	res.statusCode = status
	res.setHeader('Cache-Control', 'no-store')
	res.removeHeader('Content-Type')
	res.end()
}
