import { HttpError } from '../errors.ts'
import { readBody } from '../web/body.ts'
import type { Context, Handler } from '../web/context.ts'
import { requestOf } from '../web/log.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import { APPLICATION_ERROR, Fault, TOO_OFTEN } from './fault.ts'
import type { Allowance, Call, Methods } from './method.ts'
import { readBeginning, readRequest } from './read.ts'
import { invoke, withSystem } from './system.ts'
import { writeFault, writeResponse } from './write.ts'

const MOST_BYTES = 64 * 1024
const XML = /^(text\/xml|application\/xml|application\/[\w.-]+\+xml)$/

/** Answers calls of these methods and of `system.*` (XML-RPC; faults are answers too). @throws HttpError 413, 415 */
export function endpoint(methods: Methods, allowance: Allowance): Handler {
	const all = withSystem(methods)
	return async (ctx) => {
		if (!isXml(ctx)) throw new HttpError(415)
		const xml = await answer(ctx, all, allowance).catch((error) => writeFault(faultOf(ctx, error)))
		// A call that was refused by its beginning may still be coming.
		if (!ctx.req.complete) ctx.set('Connection', 'close')
		ctx.status = 200
		ctx.set('Content-Type', 'text/xml; charset=utf-8')
		ctx.set('Cache-Control', 'no-store')
		ctx.body = xml
	}
}

async function answer(ctx: Context, methods: Methods, allowance: Allowance): Promise<string> {
	const call = callOf(ctx)
	if ((await secondsToWait(ctx.blog, 'call', ctx.ip)) > 0) throw new Fault(TOO_OFTEN, ctx.state.t('errors.429Text'))
	const charset = ctx.request.charset || undefined
	const body = await readBody(ctx, MOST_BYTES, async (beginning) => {
		const request = await readBeginning(beginning, charset).catch(() => undefined)
		return request ? allowance(call, request) : MOST_BYTES
	})
	const { method, params } = await readRequest(body, charset)
	return writeResponse(await invoke(methods, call, method, params))
}

function isXml(ctx: Context): boolean {
	const type = ctx.request.type.toLowerCase()
	return type === '' || XML.test(type)
}

function callOf({ blog, ip, state: { settings, locale } }: Context): Call {
	return { blog, settings, ip, locale }
}

function faultOf(ctx: Context, error: unknown): Fault {
	if (error instanceof Fault) return error
	if (error instanceof HttpError && error.status < 500) throw error
	ctx.blog.log.error({ err: error, ...requestOf(ctx) }, 'call failed')
	return new Fault(APPLICATION_ERROR, 'Something broke on our side')
}
