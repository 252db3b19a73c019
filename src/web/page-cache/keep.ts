import type { Middleware } from 'koa'
import type { Context } from '../context.ts'
import { routeOf } from '../route.ts'
import { isCommon, type Lasting, type Pages } from './store.ts'

/** Belong to one answer alone, or are told anew with each. */
const OWN = new Set(['x-request-id', 'content-length', 'content-encoding', 'last-modified', 'connection', 'keep-alive'])

/** Tells that the answer is the same for everybody for as long as `lasting` says. */
export function lasts(ctx: Context, lasting: Lasting): void {
	ctx.state.lasting = lasting
}

/** Keeps answers that say how long they last, and sends them in the encoding that the reader asks for. */
export const keepPages: Middleware = async (context, next) => {
	const ctx = context as unknown as Context
	const { pages } = ctx.blog
	if (!pages) return next()
	const since = pages.now
	try {
		await next()
		if (isForAll(ctx)) await keep(ctx, pages, since)
		// Who has changed something sees it on the next page.
		if (!['GET', 'HEAD'].includes(ctx.method)) await pages.catchUp()
	} finally {
		pages.settle(ctx.req)
	}
}

function isForAll({ state, status, response, req }: Context): boolean {
	const { represented, lasting } = state
	if (!represented || !lasting || ![200, 304].includes(status) || response.get('Set-Cookie')) return false
	return !/private|no-store/.test(response.get('Cache-Control')) && isCommon(req) && isPlain(req.url!)
}

/** One address has many spellings; one of them is enough to keep. */
function isPlain(url: string): boolean {
	return encodeURI(decodeURI(url)) === url
}

async function keep(ctx: Context, pages: Pages, since: number): Promise<void> {
	const { represented, lasting } = ctx.state
	ctx.vary('Accept-Encoding')
	const answer = { ...represented!, ...lasting!, headers: headersOf(ctx), route: routeOf(ctx.req) }
	const { encoding, body } = await pages.keep(ctx.req, answer, since)
	if (ctx.status !== 200) return
	if (encoding !== 'identity') ctx.set('Content-Encoding', encoding)
	ctx.body = body
}

function headersOf({ response, state }: Context): Record<string, string> {
	const own = Object.entries(response.headers).filter(([name]) => !OWN.has(name))
	return {
		...Object.fromEntries(own.map(([name, value]) => [name, String(value)])),
		'content-type': state.represented!.type,
	}
}
