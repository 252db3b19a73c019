import { type Dialect, PostgresDialect } from 'kysely'
import type pg from 'pg'

/** Connections at most, and the patience of OpenOptions. */
interface PoolOptions {
	pool: number
	patience: number
}

/** A Kysely dialect over a PostgreSQL pool; the client is loaded with the first query, for a blog on SQLite has none. */
export function postgresDialect(url: string, options: PoolOptions): Dialect {
	return new PostgresDialect({ pool: () => openPool(url, options) })
}

async function openPool(url: string, { pool, patience }: PoolOptions): Promise<pg.Pool> {
	const { default: pg } = await import('pg')
	const types = {
		getTypeParser: (oid: number, format?: 'text' | 'binary') =>
			oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
				? Number
				: pg.types.getTypeParser(oid, format as 'text'),
	} as pg.CustomTypesConfig
	// Who gets no connection in this time is told to come again.
	const limits = { max: pool, connectionTimeoutMillis: 5_000, query_timeout: patience, keepAlive: true }
	const connections = new pg.Pool({ connectionString: url, types, Client: impatient(pg.Client), ...limits })
	// An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
	connections.on('error', () => {})
	// So would that of one that breaks between two statements of a transaction.
	connections.on('connect', (client) => client.on('error', () => {}))
	return connections
}

/** A connection on which an answer has been waited for in vain is of no more use: the next query would wait behind. */
function impatient(Client: typeof pg.Client): typeof pg.Client {
	return class extends Client {
		override query(...args: any[]): any {
			const answer = (super.query as (...args: any[]) => any)(...args)
			answer?.catch?.((error: Error) => error.message === 'Query read timeout' && this.connection.stream.destroy())
			return answer
		}
	}
}
