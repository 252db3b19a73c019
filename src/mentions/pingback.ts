import { Fault } from '../xmlrpc/fault.ts'
import type { Method, Methods } from '../xmlrpc/method.ts'
import { paramsOf } from '../xmlrpc/params.ts'
import { placeOf, type Refusal, Refused, receive } from './intake.ts'
import { listShownSources } from './queries.ts'

/** One answer, whatever the source is: what it says is found out later, and told to the author alone. */
const ACCEPTED = 'The pingback is accepted for verification'

const FAULTS: Record<Refusal, [code: number, message: string]> = {
	source: [16, 'The source is no http or https address'],
	missing: [32, 'The target does not exist'],
	closed: [33, 'The target cannot be pinged'],
	same: [33, 'The source is a page of this blog itself'],
	known: [48, 'The pingback has already been registered'],
	often: [49, 'Too many pingbacks: try again later'],
}

const ping: Method = async ({ blog, settings, ip }, params) => {
	const [source, target] = paramsOf(params, 'string', 'string')
	await inTerms(receive(blog, settings, { protocol: 'pingback', source, target, ip }))
	return ACCEPTED
}

const getPingbacks: Method = async ({ blog, settings }, params) => {
	const [target] = paramsOf(params, 'string')
	const { post } = await inTerms(placeOf(blog, settings, target))
	return listShownSources(blog.db, post.post_id)
}

/** The methods of Pingback 1.0, and the extension that lists the pages that mention a post. */
export const pingbackMethods: Methods = { 'pingback.ping': ping, 'pingback.extensions.getPingbacks': getPingbacks }

/** A refusal in terms of Pingback 1.0. @throws Fault */
async function inTerms<T>(asked: Promise<T>): Promise<T> {
	try {
		return await asked
	} catch (error) {
		throw error instanceof Refused ? new Fault(...FAULTS[error.refusal]) : error
	}
}
