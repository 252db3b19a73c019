import type { Blog } from '../web/context.ts'
import { type Progress, recheck } from './recheck.ts'

/** `otklik responses recheck`: runs the filters over what no author has decided on, and tells what they found. */
export async function recheckCommand(blog: Blog, progress: Progress): Promise<void> {
	const { looked, held, spam, asked } = await recheck(blog, progress)
	const more = asked ? `; Akismet will be asked about ${asked}` : ''
	process.stdout.write(`Rechecked ${looked} responses: ${held} held, ${spam} spam${more}\n`)
}
