import { listDead, listOverdue } from '../../jobs/queries.ts'
import { MOST_TOLD } from '../finding.ts'
import type { Check } from '../patient.ts'

const PATIENCE = 15 * 60_000
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
		for (const { id, kind, dueAt } of await listOverdue(db, now - PATIENCE, MOST_TOLD)) {
			found.error(`job ${id} (${kind})`, `waits since ${new Date(dueAt).toISOString()}, and nobody does it`, START)
		}
	},
}
