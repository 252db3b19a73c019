import type { Handler } from '../jobs/attempt.ts'
import type { Blog } from '../web/context.ts'
import { READ } from './intake.ts'
import { fetchPhoto, PHOTO } from './photo.ts'
import { type Room, readSourcePage } from './verify.ts'

/** The jobs that look into what other blogs tell us, by kind. */
export function mentionHandlers(blog: Room & Pick<Blog, 'storage'>): Record<string, Handler> {
	return {
		[READ]: (payload, job) => readSourcePage(blog, payload, job),
		[PHOTO]: (payload, { signal }) => fetchPhoto(blog, payload, signal),
	}
}
