import { notFound } from '../errors.ts'
import type { Context } from '../web/context.ts'
import { avatarSvg } from './avatar.ts'

const YEAR = 365 * 24 * 60 * 60

/** A picture made from its address alone, kept for good. */
export function avatar(ctx: Context): void {
	const hash = /^([\da-f]{32})\.svg$/.exec(ctx.params.file!)?.[1]
	if (!hash) throw notFound()
	ctx.set('Cache-Control', `public, max-age=${YEAR}, immutable`)
	ctx.type = 'image/svg+xml'
	ctx.body = avatarSvg(hash)
}
