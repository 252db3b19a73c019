import type { Db, Trx } from './schema.ts'

/**
 * What readers see changes by scopes: `listing:ru` (posts, terms and responses as listings of a language show them).
 * A change bumps its scopes in its own transaction; what is kept in memory is kept for one version.
 */
export async function bumpVersions(trx: Trx, scopes: string[]): Promise<void> {
	// In one order everywhere: two transactions never wait for each other.
	for (const scope of [...new Set(scopes)].sort()) {
		await trx
			.insertInto('versions')
			.values({ scope, number: 1 })
			.onConflict((c) => c.column('scope').doUpdateSet((eb) => ({ number: eb('versions.number', '+', 1) })))
			.execute()
	}
}

/** The number of changes of every scope so far. */
export async function readVersions(db: Db): Promise<Map<string, number>> {
	const rows = await db.selectFrom('versions').selectAll().execute()
	return new Map(rows.map((row) => [row.scope, row.number]))
}
