import { listDead, listOverdue } from '../../jobs/queries.ts'
import { MOST_TOLD } from '../finding.ts'
import type { Check } from '../patient.ts'

const PATIENCE = 15 * 60_000
const MOST = 100
/** Milliseconds in which a blog that works takes at least one of many jobs. */
const LOOK_AGAIN = 4_000
const START = 'See that the blog runs, and what its log says; the job is done once it is taken.'

/** Whether what is to be done outside requests is done. */
export const jobs: Check = {
	name: 'jobs',
	async run({ db, now }, found) {
		for (const { id, kind, attempt, error } of await listDead(db)) {
			const advice = 'Run it again on the overview of the admin page once its cause is gone.'
			found.error(
				`job ${id} (${kind})`,
				`was given up after ${attempt} attempts: ${error || 'no reason is known'}`,
				advice,
			)
		}
		const overdue = await listOverdue(db, now - PATIENCE, MOST)
		// Of those for "at once" nobody knows since when.
		const isSure = overdue.some(({ dueAt }) => dueAt > 0)
		if (overdue.length === 0 || (!isSure && (await isWorkedOn()))) return
		for (const { id, kind, dueAt } of overdue.slice(0, MOST_TOLD)) {
			const since = dueAt > 0 ? ` since ${new Date(dueAt).toISOString()}` : ''
			found.error(`job ${id} (${kind})`, `waits${since}, and nobody does it`, START)
		}

		async function isWorkedOn(): Promise<boolean> {
			await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN))
			const left = new Set((await listOverdue(db, now - PATIENCE, MOST)).map(({ id }) => id))
			return overdue.some(({ id }) => !left.has(id))
		}
	},
}
