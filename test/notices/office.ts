import type { Insertable } from 'kysely'
import { insertComment } from '../../src/comments/queries.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { CommentsTable, Db, ResponseStatus, Time } from '../../src/db/schema.ts'
import { loadCatalog } from '../../src/i18n/catalog.ts'
import { Discard, Retry } from '../../src/jobs/job.ts'
import { hurry, openLeases } from '../../src/jobs/queries.ts'
import { enqueueNotices, subscribe } from '../../src/notices/enqueue.ts'
import { noticeHandlers } from '../../src/notices/handlers.ts'
import type { Office } from '../../src/notices/post.ts'
import { startMailServer } from '../support/mail-server.ts'

/** A comment to be made: by Vera, approved, at the top, unless said otherwise. */
export type Said = Partial<Insertable<CommentsTable>> & { notify?: boolean; by?: number }

/** Somebody says something under a post, as the form stores it. */
export async function say({ db, config, clock }: Office, postId: number, { notify, by, ...fields }: Said = {}) {
	const comment = {
		post_id: postId,
		parent_id: null,
		kind: 'comment' as const,
		status: 'approved' as const,
		locale: 'ru',
		name: 'Вера',
		email: 'vera@example.org',
		format: 'markdown' as const,
		source: 'Спасибо!',
		html: '<p>Спасибо!</p>',
		author_id: null,
		created_at: clock(),
		...fields,
	}
	return db.transaction().execute(async (trx) => {
		const id = await insertComment(trx, comment)
		if (notify) await subscribe(trx, config, { id, ...comment }, clock())
		await enqueueNotices(trx, config, { id, status: comment.status }, { by })
		return id
	})
}

/** A comment gets another status, as by the author `by`. */
export async function decide({ db, config }: Office, id: number, status: ResponseStatus, by?: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await trx.updateTable('comments').set({ status }).where('id', '=', id).execute()
		await enqueueNotices(trx, config, { id, status }, { by })
	})
}

/** An office over a database, a mail server of its own, and a way to have the jobs done until none is due. */
export async function openOffice(
	{ db, url }: { db: Db; url: string },
	{ env = {}, clock = Date.now }: { env?: Record<string, string>; clock?: () => Time } = {},
) {
	let server = await startMailServer()
	const { letters } = server
	const config: Config = readConfig({ SITE_URL: 'https://blog.example', SMTP_URL: server.url, ...env })
	const office: Office = { db, config, catalog: loadCatalog(['ru', 'en']), clock }
	const handlers = noticeHandlers(office)
	const leases = await openLeases({ db, url, clock, onError: () => {} })

	async function turn(): Promise<Error[]> {
		const errors: Error[] = []
		for (let jobs = await leases.take(10); jobs.length > 0; jobs = await leases.take(10)) {
			for (const job of jobs) {
				const error = await handlers[job.kind]!(job.payload, { id: job.id, attempt: 1, signal: null! }).catch((e) => e)
				if (!error || error instanceof Discard) await leases.complete(job)
				else await leases.retry(job, error instanceof Retry ? error.pause : 3_600_000, error.message)
				if (error && !(error instanceof Discard)) errors.push(error)
			}
		}
		return errors
	}

	return {
		office,
		letters,
		/** Does what is due; gives the errors of those that failed. */
		turn,
		/** The same, for those that wait after a failure too. */
		async turnAgain(...kinds: string[]) {
			for (const kind of kinds) await hurry(db, kind)
			return turn()
		},
		/** Takes the letters that came since the last time. */
		async mail() {
			await turn()
			return letters.splice(0)
		},
		stopServer: () => server.close(),
		async restartServer() {
			server = await startMailServer({ port: Number(new URL(server.url).port) })
			letters.splice(0)
			return server
		},
		async close() {
			await server.close()
			await leases.close()
		},
	}
}
