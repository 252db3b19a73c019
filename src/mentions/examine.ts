import { FetchError, type Fetched, type FetchReason } from '../net/fetch.ts'
import type { Blog } from '../web/context.ts'
import type { Mention } from './queries.ts'
import { siteAt } from './source/address.ts'
import { decodePage } from './source/charset.ts'
import type { Entry } from './source/microformats.ts'
import type { Read } from './source/read.ts'
import { readInWorker } from './source/worker.ts'

/** What came of asking for a page; `detail` is for the author alone. */
export type Examined =
	| { state: 'read'; detail: string; page: Read & { entry?: Entry } }
	/** It isn't there; gone for good when it says so. */
	| { state: 'missing'; detail: string; isGone: boolean }
	/** Nobody answered, or in no useful way; `retryAfter` in milliseconds. */
	| { state: 'unreachable'; detail: string; isFinal: boolean; retryAfter: number }

/** What went wrong on the way, where another attempt may have more luck. */
const PASSING: FetchReason[] = ['busy', 'timeout', 'network']

const NOTHING: Read = { links: [], title: '', author: '', published: '', hasEntry: false }

/** Fetches a page, once, and reads what it says about the blog. @throws the signal's reason */
export async function examine(
	blog: Pick<Blog, 'config' | 'fetch' | 'clock'>,
	waiting: Mention[],
	signal: AbortSignal,
): Promise<Examined> {
	const [{ source, post_id, protocol }] = waiting as [Mention]
	const purpose = `verifying a ${protocol}`
	try {
		const came = await blog.fetch(source, { purpose, target: `post ${post_id}`, signal })
		return await made(blog, waiting, came)
	} catch (error) {
		if (!(error instanceof FetchError)) throw error
		const { reason } = error
		if (reason === 'type') return { state: 'read', detail: reason, page: NOTHING }
		return { state: 'unreachable', detail: reason, isFinal: !PASSING.includes(reason), retryAfter: 0 }
	}
}

async function made({ config, clock }: Pick<Blog, 'config' | 'clock'>, waiting: Mention[], came: Fetched) {
	const { status, headers, url, type, charset, body } = came
	const detail = String(status)
	if (status >= 500 || status === 429 || status === 408) {
		const retryAfter = pauseIn(headers.get('Retry-After'), clock())
		return { state: 'unreachable', detail, isFinal: false, retryAfter } as const
	}
	if (status >= 400) return { state: 'missing', detail, isGone: status === 410 } as const
	const page = await readInWorker({
		content: decodePage(body, charset),
		type: type.includes('html') ? 'html' : type.includes('json') ? 'json' : 'text',
		url,
		site: siteAt(config.siteUrl),
		wanted: waiting.map(({ target }) => URL.parse(target)?.href.replace(/#.*$/s, '') ?? ''),
	})
	return { state: 'read', detail: page ? '' : 'unreadable', page: page ?? NOTHING } as const
}

/** Seconds or a date, as milliseconds from now. */
function pauseIn(header: string | null, now: number): number {
	if (!header) return 0
	return /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Math.max(0, (Date.parse(header) || now) - now)
}
