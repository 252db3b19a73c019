import cluster from 'node:cluster'
import { CompiledQuery } from 'kysely'
import {
	type RateLimiterAbstract,
	RateLimiterCluster,
	RateLimiterMemory,
	RateLimiterPostgres,
} from 'rate-limiter-flexible'
import { databaseKind } from '../../db/dialect.ts'
import type { Db } from '../../db/schema.ts'
import type { Limit } from './limits.ts'

/** Counts for a limit: in PostgreSQL, or in memory, which is that of the first process when there are several. */
export function counterOf(db: Db, { name, points, seconds }: Limit): RateLimiterAbstract {
	const options = { keyPrefix: `${name}:${seconds}`, points, duration: seconds }
	if (databaseKind(db) === 'sqlite')
		return cluster.isWorker ? new RateLimiterCluster(options) : new RateLimiterMemory(options)
	return new RateLimiterPostgres({
		...options,
		storeClient: clientOver(db),
		storeType: 'client',
		tableName: 'rates',
		tableCreated: true,
	})
}

/** What the library asks of a client of `pg`, on our own connections. */
function clientOver(db: Db) {
	return {
		async query({ text, values }: { text: string; values: unknown[] }) {
			const { rows } = await db.executeQuery(CompiledQuery.raw(text, values))
			return { rows, rowCount: rows.length }
		},
	}
}
