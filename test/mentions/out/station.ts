import { pino } from 'pino'
import { readConfig } from '../../../src/config.ts'
import { loadCatalog } from '../../../src/i18n/catalog.ts'
import type { Handler } from '../../../src/jobs/attempt.ts'
import { Discard, Retry } from '../../../src/jobs/job.ts'
import { openLeases } from '../../../src/jobs/queries.ts'
import { enqueueSending } from '../../../src/mentions/out/collect.ts'
import { outHandlers } from '../../../src/mentions/out/handlers.ts'
import type { Out } from '../../../src/mentions/out/out.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { noticeHandlers } from '../../../src/notices/handlers.ts'
import { deleteTranslation, editTranslation, setStatus, writePost } from '../../../src/posts/edit.ts'
import type { Changes, Draft } from '../../../src/posts/save.ts'
import { passTime } from '../../jobs/time.ts'
import type { Database } from '../../support/databases.ts'
import { seedFixtures } from '../../support/fixtures.ts'
import { temporaryFolder } from '../../support/folders.ts'

/** A blog whose authors write and whose jobs are done when a test says so; nobody reads it. */
export async function openStation(database: Database, env: Record<string, string> = {}) {
	const { db, url, drop } = await database.create()
	const seeded = await seedFixtures(db)
	const clock = () => Date.now() + passTime.of(db)
	const settings = { SITE_URL: 'https://blog.example', PORT: '1', DATABASE_URL: url, DATA_DIR: temporaryFolder('data') }
	const config = readConfig({ ...settings, ...env })
	const log = pino({ level: 'silent' })
	const out: Out = {
		db,
		config,
		clock,
		log,
		catalog: loadCatalog(config.languages),
		fetch: createFetch({ config, log }),
	}
	const handlers: Record<string, Handler> = { ...noticeHandlers(out), ...outHandlers(out) }
	const leases = await openLeases({ db, url, clock, onError: () => {} })
	const saving = () => ({ db, timezone: config.timezone, now: clock() })

	/** Does what is due, until nothing is; gives the errors of those that failed. */
	async function turn(): Promise<Error[]> {
		const errors: Error[] = []
		for (let jobs = await leases.take(10); jobs.length > 0; jobs = await leases.take(10)) {
			for (const job of jobs) {
				const { signal } = new AbortController()
				const error = await handlers[job.kind]!(job.payload, { ...job, signal }).catch((e: unknown) => e as Error)
				if (!error || error instanceof Discard) await leases.complete(job)
				else await leases.retry(job, error instanceof Retry ? error.pause : 3_600_000, error.message)
				if (error && !(error instanceof Discard)) errors.push(error)
			}
		}
		return errors
	}

	return {
		out,
		db,
		seeded,
		clock,
		turn,
		/** Time goes by, and the schedule calls. */
		async later(ms: number) {
			await passTime(db, ms)
			await db.transaction().execute(enqueueSending)
			return turn()
		},
		/** Anna publishes a post in Russian, unless the draft says otherwise. */
		async write(source: string, draft: Partial<Draft> = {}) {
			const { anna } = seeded.authors
			const whole = { locale: 'ru', title: 'Запись', source, status: 'published', ...draft } as const
			const { id } = await writePost(saving(), { id: anna }, { newTerms: [] }, whole)
			const row = await db.selectFrom('translations').selectAll().where('post_id', '=', id).executeTakeFirstOrThrow()
			return { post: id, id: row.id, address: `https://blog.example/ru/${row.year}/${pad(row.month)}/${row.slug}/` }
		},
		async edit(id: number, changes: Changes) {
			const { revision } = await db
				.selectFrom('translations')
				.select('revision')
				.where('id', '=', id)
				.executeTakeFirstOrThrow()
			await editTranslation(saving(), { id, revision }, { newTerms: [] }, changes)
		},
		setStatus: (id: number, status: 'draft' | 'trash' | 'private' | 'published') => setStatus(saving(), id, status),
		erase: async (id: number) => {
			await deleteTranslation(
				saving(),
				await db.selectFrom('translations').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
			)
		},
		deliveries: () => db.selectFrom('deliveries').selectAll().orderBy('id').execute(),
		async close() {
			await leases.close()
			await drop()
		},
	}
}

export type Station = Awaited<ReturnType<typeof openStation>>

function pad(month: number | null): string {
	return String(month).padStart(2, '0')
}
