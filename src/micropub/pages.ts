import { rm } from 'node:fs/promises'
import type { Caller } from '../authors/application-queries.ts'
import { storeBy } from '../editors/upload.ts'
import { HttpError } from '../errors.ts'
import { mediaPath } from '../media/paths.ts'
import { limitUploads, UPLOAD_BOUNDS } from '../media/receive.ts'
import { UploadRefused } from '../media/refused.ts'
import { workingFolder } from '../media/store.ts'
import { decodeUtf8, readBody, readForm } from '../web/body.ts'
import type { Context, Handler } from '../web/context.ts'
import { MOST_BYTES } from '../web/fields.ts'
import { type ReceivedFile, readMultipart } from '../web/multipart.ts'
import { limit } from '../web/rate/rate.ts'
import { callerOf, needScope } from './caller.ts'
import { invalid, MicropubError } from './errors.ts'
import { answerQuery } from './query.ts'
import { type Request, readFormRequest, readJsonRequest } from './request.ts'
import { perform } from './write.ts'

/** Answers what programs ask (W3C Micropub, 3.7). */
export const micropubQuery = answering(async (ctx) => {
	const caller = await callerOf(ctx)
	ctx.body = await answerQuery(ctx, caller)
})

/** Creates, updates, deletes and brings back posts (W3C Micropub, 3.3 to 3.5). */
export const micropub = answering(async (ctx) => {
	const { caller, request } = await readRequest(ctx)
	const address = await perform(ctx, caller, request)
	ctx.status = address ? 201 : 204
	if (address) ctx.set('Location', address)
})

/** Stores a file for a post to come (W3C Micropub, 3.6). */
export const micropubMedia = answering(async (ctx) => {
	const caller = await callerOf(ctx)
	needScope(caller, 'media', 'create')
	const { urls } = await receive(ctx, caller, ['file'])
	const [url] = urls.map(([, address]) => address)
	if (!url) throw invalid('file is missing')
	ctx.status = 201
	ctx.set('Location', url)
	ctx.body = { url }
})

async function readRequest(ctx: Context): Promise<{ caller: Caller; request: Request }> {
	if (ctx.is('json')) {
		const caller = await callerOf(ctx)
		return { caller, request: readJsonRequest(decodeUtf8(await readBody(ctx, MOST_BYTES))) }
	}
	if (ctx.is('multipart')) {
		const caller = await callerOf(ctx)
		needScope(caller, 'create', 'draft')
		const { fields, urls } = await receive(ctx, caller, ['photo', 'video', 'audio'])
		for (const [field, url] of urls) fields.append(field, url)
		return { caller, request: readFormRequest(fields) }
	}
	const form = await readForm(ctx, MOST_BYTES)
	return { caller: await callerOf(ctx, form.get('access_token')), request: readFormRequest(form) }
}

/** The fields of a multipart body, and the addresses of its files by their fields. */
async function receive(ctx: Context, caller: Caller, names: string[]) {
	await limitUploads(ctx, caller.id)
	const folder = await workingFolder(ctx.blog)
	try {
		const { fields, files } = await readMultipart(ctx, folder, UPLOAD_BOUNDS)
		const urls: [string, string][] = []
		for (const file of files) {
			const field = file.field.replace(/\[\]$/, '')
			if (names.includes(field)) urls.push([field, await store(ctx, caller, file)])
		}
		return { fields, urls }
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

async function store({ blog }: Context, author: Caller, { file, name, isTooLarge }: ReceivedFile): Promise<string> {
	try {
		if (isTooLarge) throw new UploadRefused('large')
		const media = await storeBy({ blog, author }, { content: { file }, name })
		return blog.config.siteUrl + mediaPath(media.path)
	} catch (error) {
		throw error instanceof UploadRefused ? invalid(`The file can't be taken: ${error.reason}`) : error
	}
}

/** Programs are told in JSON what went wrong. */
function answering(handler: Handler): Handler {
	return async (ctx) => {
		ctx.set('Cache-Control', 'no-store')
		try {
			await limit(ctx.blog, 'micropub', ctx.ip)
			await handler(ctx)
		} catch (error) {
			tell(ctx, error)
		}
	}
}

function tell(ctx: Context, error: unknown): void {
	if (error instanceof HttpError && error.status < 500) {
		ctx.set(error.headers)
		ctx.status = error.status
		ctx.body = { error: 'invalid_request', error_description: `HTTP ${error.status}` }
	} else if (error instanceof MicropubError) {
		const { status, code, message, scope } = error
		if (status !== 400) ctx.set('WWW-Authenticate', challenge(error))
		// A request that was refused by its head may still be coming.
		if (!ctx.req.complete) ctx.set('Connection', 'close')
		ctx.status = status
		ctx.body = { error: code, error_description: message, ...(scope && { scope }) }
	} else throw error
}

/** As RFC 6750, 3 has it. */
function challenge({ code, scope }: MicropubError): string {
	return scope ? `Bearer error="${code}", scope="${scope}"` : 'Bearer'
}
