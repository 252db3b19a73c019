import type { Handler } from '../../jobs/attempt.ts'
import { collect } from './collect.ts'
import { pingHub } from './hubs.ts'
import type { Out } from './out.ts'
import { sendDue } from './send.ts'

/** The jobs that tell others of what is linked to and of news, by kind. */
export function outHandlers(out: Out): Record<string, Handler> {
	return {
		'tell-links': (payload) => collect(out, payload),
		'send-mentions': (_, job) => sendDue(out, job),
		'ping-hub': (payload, { signal }) => pingHub(out, payload, signal),
	}
}
