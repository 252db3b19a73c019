import { audit } from '../authors/audit-queries.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { leadTo } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { listDead, rerun } from './queries.ts'
import { wake } from './wake.ts'

/** Runs a failed job again, or all of them (`id` is `all`); one that is gone meanwhile is passed over. */
export async function rerunJobs(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock } = ctx.blog
	const id = (await readForm(ctx)).get('id') ?? ''
	const dead = (await listDead(db)).filter((job) => id === 'all' || job.id === id)
	for (const job of dead) {
		if (!(await rerun(db, job.id))) continue
		await audit(db, { authorId: author.id, action: 'job-rerun', name: job.kind, now: clock() })
	}
	wake()
	leadTo(ctx, dead.length > 0 ? '/admin/?done=rerun' : '/admin/')
}
