import { MOST_TOLD } from '../finding.ts'
import type { Check } from '../patient.ts'
import { listMisplaced, listUnplaced } from '../queries.ts'

const WRONG: Record<string, string> = {
	elsewhere: 'answers one under another post',
	above: 'stands above the one that it answers',
	astray: 'stands in another thread than the one that it answers',
}
const ADVICE = 'Restore a backup of before; the words are safe, their order is not.'

/** Whether responses stand in their threads. */
export const conversation: Check = {
	name: 'conversation',
	async run({ db }, found) {
		for (const { id, post_id, parent_id, how } of await listMisplaced(db, MOST_TOLD)) {
			found.error(`response ${id} under post ${post_id}`, `${WRONG[how]} (${parent_id})`, ADVICE)
		}
		for (const { id, post_id } of await listUnplaced(db, MOST_TOLD)) {
			found.error(`response ${id} under post ${post_id}`, 'has no place of its own in the conversation', ADVICE)
		}
	},
}
