import type { Handler } from '../../jobs/attempt.ts'
import type { Blog } from '../../web/context.ts'
import { collect } from './collect.ts'
import { pingHub } from './hubs.ts'
import { sendDue } from './send.ts'

/** The jobs that tell others of what is linked to and of news, by kind. */
export function outHandlers(blog: Blog): Record<string, Handler> {
	return {
		'tell-links': (payload) => collect(blog, payload),
		'send-mentions': (_, job) => sendDue(blog, job),
		'ping-hub': (payload, { signal }) => pingHub(blog, payload, signal),
	}
}
