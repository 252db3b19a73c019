import { readVersions } from '../db/versions.ts'
import type { Context } from './context.ts'

/** The process runs. */
export function healthz(ctx: Context): void {
	answer(ctx, 200, 'ok')
}

/** The process can serve: its database answers and it isn't stopping. */
export async function readyz(ctx: Context): Promise<void> {
	if (ctx.blog.isStopping()) return answer(ctx, 503, 'stopping')
	try {
		await readVersions(ctx.blog.db)
		answer(ctx, 200, 'ready')
	} catch {
		answer(ctx, 503, 'the database does not answer')
	}
}

function answer(ctx: Context, status: number, text: string): void {
	ctx.status = status
	ctx.type = 'text'
	ctx.set('Cache-Control', 'no-store')
	ctx.body = `${text}\n`
}
