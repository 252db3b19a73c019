import { authorHandlers } from './authors/handlers.ts'
import { backupHandlers } from './backup/jobs.ts'
import { cleanUp } from './clean-up.ts'
import { startWorker, type Worker } from './jobs/worker.ts'
import { mediaHandlers } from './media/jobs.ts'
import { mentionHandlers } from './mentions/handlers.ts'
import { outHandlers } from './mentions/out/handlers.ts'
import { createAkismet } from './net/akismet.ts'
import { noticeHandlers } from './notices/handlers.ts'
import { dressPost } from './posts/dress.ts'
import { forgetAddresses } from './privacy/forget.ts'
import { resumeChecks } from './spam/checks.ts'
import { spamHandlers, verifyKey } from './spam/jobs.ts'
import { forgetReaders } from './traffic/fold.ts'
import type { Blog } from './web/context.ts'

const CONCURRENCY = 4

/** Starts doing what a blog does outside requests: every kind of job and every schedule, on one screen. */
export async function startJobs(blog: Blog): Promise<Worker> {
	const { db, config, clock, log } = blog
	const akismet = createAkismet(config, { clock })
	await resumeChecks(db)
	const worker = await startWorker({
		db,
		url: config.databaseUrl,
		timezone: config.timezone,
		clock,
		log,
		concurrency: CONCURRENCY,
		onAttempt: blog.metrics.countAttempt,
		handlers: {
			...noticeHandlers(blog),
			...authorHandlers(blog),
			...spamHandlers({ db, config, clock, akismet }),
			...mentionHandlers(blog),
			...outHandlers(blog),
			...mediaHandlers(blog),
			'dress-post': (payload) => dressPost(blog, payload),
			'clean-up': () => cleanUp(blog),
			'forget-addresses': () => forgetAddresses(blog),
			'forget-readers': () => forgetReaders(blog),
			recheck: () => resumeChecks(db),
			...backupHandlers(blog),
		},
		schedules: {
			'clean-up': '10 4 * * *',
			'forget-addresses': '30 4 * * *',
			'forget-readers': '5 0 * * *',
			recheck: '20 * * * *',
			'backup-due': '0 * * * *',
			'send-mentions': '*/5 * * * *',
		},
	})
	blog.worker = worker
	if (config.akismetKey !== '') void verifyKey({ akismet }, log)
	return worker
}
