import { findDamage, findDangling } from '../../db/integrity.ts'
import { MOST_TOLD } from '../finding.ts'
import type { Check } from '../patient.ts'

const RESTORE = 'Restore the newest backup (otklik restore FILE); what is there now is kept beside it.'

/** Whether the database holds together. */
export const database: Check = {
	name: 'database',
	async run({ db }, found) {
		for (const line of await findDamage(db, MOST_TOLD)) found.error('the database', line, RESTORE)
		for (const { table, row, parent } of await findDangling(db, MOST_TOLD)) {
			found.error(`${table} ${row}`, `refers to a row of ${parent} that isn't there`, RESTORE)
		}
	},
}
