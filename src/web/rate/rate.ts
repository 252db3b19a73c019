import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Db } from '../../db/schema.ts'
import { HttpError } from '../../errors.ts'
import type { Blog, Context, Handler } from '../context.ts'
import { isLoopback } from './address.ts'
import { keyOf, LIMITS, type Limit } from './limits.ts'
import { counterOf } from './queries.ts'

const counters = new WeakMap<Db, Map<Limit, RateLimiterAbstract>>()

/**
 * Counts one deed against every limit of its name.
 * @example await limit(ctx.blog, 'comment', ctx.ip)
 * @throws HttpError 429 with Retry-After in seconds
 */
export async function limit(blog: Pick<Blog, 'db'>, name: string, who: string): Promise<void> {
	const seconds = await secondsToWait(blog, name, who)
	if (seconds > 0) throw new HttpError(429, { 'Retry-After': String(seconds) })
}

/** A handler that counts whoever asks before it answers. */
export function limited(name: string, handler: Handler): Handler {
	return async (ctx: Context) => {
		await limit(ctx.blog, name, ctx.ip)
		await handler(ctx)
	}
}

/** Counts one deed against every limit of its name, and gives the seconds to wait when one is used up, else 0. */
export async function secondsToWait({ db }: Pick<Blog, 'db'>, name: string, who: string): Promise<number> {
	// A deed that the shorter limit refuses isn't counted against the longer ones.
	for (const row of limitsOf(name)) {
		if (row.isOpenHere && isLoopback(who)) continue
		const wait = await consume(counterFor(db, row), keyOf(row, who))
		if (wait > 0) return wait
	}
	return 0
}

function limitsOf(name: string): Limit[] {
	const rows = LIMITS.filter((row) => row.name === name)
	if (rows.length === 0) throw new Error(`There is no limit named ${name}`)
	return rows
}

function counterFor(db: Db, row: Limit): RateLimiterAbstract {
	const known = counters.get(db) ?? new Map<Limit, RateLimiterAbstract>()
	counters.set(db, known)
	const counter = known.get(row) ?? counterOf(db, row)
	known.set(row, counter)
	return counter
}

async function consume(counter: RateLimiterAbstract, key: string): Promise<number> {
	try {
		await counter.consume(key)
		return 0
	} catch (refusal) {
		if (!(refusal instanceof RateLimiterRes)) throw refusal
		return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
	}
}
