import { announce } from './changes.ts'
import { prepared } from './prepared.ts'
import type { Db, Trx } from './schema.ts'

/**
 * What readers see changes by scopes: `listing:ru` (posts, terms and responses as listings of a language show them),
 * `posts:ru` (the same without responses, as the pages around a post show it), `post:12` (a post with its responses),
 * `settings`. A change bumps its scopes in its own transaction; what is kept in memory is kept for one version.
 */
export async function bumpVersions(trx: Trx, scopes: string[]): Promise<void> {
	// In one order everywhere: two transactions never wait for each other.
	const changed = [...new Set(scopes)].sort()
	const numbered = changed.filter((scope) => !scope.startsWith('post:'))
	if (numbered.length > 0) {
		await trx
			.insertInto('versions')
			.values(numbered.map((scope) => ({ scope, number: 1 })))
			.onConflict((c) => c.column('scope').doUpdateSet((eb) => ({ number: eb('versions.number', '+', 1) })))
			.execute()
	}
	if (changed.length > 0) await announce(trx, changed)
}

/** Tells that posts of these languages, their terms or their authors have changed; `ids` are the posts', if known. */
export async function bumpPosts(trx: Trx, locales: string[], ids: number[] = []): Promise<void> {
	await bumpVersions(trx, [
		...locales.flatMap((locale) => [`listing:${locale}`, `posts:${locale}`]),
		...ids.map((id) => `post:${id}`),
	])
}

/** The number of changes of every scope so far; posts have none of their own. */
export async function readVersions(db: Db): Promise<Map<string, number>> {
	const rows = await everyVersion(db, {})
	return new Map(rows.map((row) => [row.scope, row.number]))
}

const everyVersion = prepared((db) => db.selectFrom('versions').selectAll())
