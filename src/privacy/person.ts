import { deleteUndos } from '../comments/undo-queries.ts'
import { blurRule, findSaid } from '../comments/writers/queries.ts'
import { emailClue } from '../comments/writers/rules.ts'
import type { Db } from '../db/schema.ts'
import { escapeHtml } from '../markdown/escape.ts'
import { loadSecret } from '../settings/settings.ts'
import type { Blog } from '../web/context.ts'
import {
	announce,
	deleteSubscriptions,
	eraseComments,
	findAuthor,
	listComments,
	listReplies,
	listSpellings,
	listSubscriptions,
} from './queries.ts'
import { removable } from './removable.ts'

/** Everything that is kept about an e-mail address, in any case, ready for JSON; times are milliseconds UTC. */
export async function exportPerson(db: Db, email: string) {
	const spellings = await listSpellings(db, email)
	const clue = emailClue(await loadSecret(db), email)
	return {
		email,
		comments: await listComments(db, spellings),
		subscriptions: await listSubscriptions(db, email),
		standing: clue && (await findSaid(db, clue)),
		author: await findAuthor(db, email),
	}
}

/** What was erased. */
export interface Erased {
	/** Comments without replies: gone. */
	removed: number
	/** Comments with replies of others: what they said and who said it is gone. */
	emptied: number
	subscriptions: number
	/** An author of the blog has this address: the account is left as it is. */
	isAuthor: boolean
}

/** Erases what readers left under an e-mail address, in any case. The conversation around it stays whole. */
export async function erasePerson({ db, catalog }: Pick<Blog, 'db' | 'catalog'>, email: string): Promise<Erased> {
	return db.transaction().execute(async (trx) => {
		const spellings = await listSpellings(trx, email)
		const comments = await listComments(trx, spellings)
		const gone = removable(
			comments.map(({ id }) => id),
			await listReplies(trx, spellings),
		)
		const kept = comments.filter(({ id }) => !gone.has(id))
		const emptied = new Map(
			[...Map.groupBy(kept, ({ locale }) => locale)].map(([locale, rows]) => [locale, rows.map(({ id }) => id)]),
		)
		const known = (locale: string) => (catalog.languages.includes(locale) ? locale : catalog.fallback)
		const subscriptions = await deleteSubscriptions(trx, email)
		await eraseComments(trx, [...gone], emptied, (locale) =>
			escapeHtml(catalog.translator(known(locale))('mail.erased')),
		)
		// What moderators could bring back may hold the person's words.
		await deleteUndos(trx, Number.MAX_SAFE_INTEGER)
		const clue = emailClue(await loadSecret(trx), email)
		if (clue) await blurRule(trx, clue)
		await announce(
			trx,
			comments.map(({ post_id }) => post_id),
		)
		const isAuthor = (await findAuthor(trx, email)) !== undefined
		return { removed: gone.size, emptied: kept.length, subscriptions, isAuthor }
	})
}
