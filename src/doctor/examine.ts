import { conversation } from './checks/conversation.ts'
import { database } from './checks/database.ts'
import { jobs } from './checks/jobs.ts'
import { languages } from './checks/languages.ts'
import { clock, disk } from './checks/machine.ts'
import { media } from './checks/media.ts'
import { settings } from './checks/settings.ts'
import { site } from './checks/site.ts'
import { texts } from './checks/texts.ts'
import { collect, type Outcome } from './finding.ts'
import type { Check, Patient } from './patient.ts'

/** Everything that is looked at, in this order. */
export const CHECKS: Check[] = [disk, database, settings, site, clock, jobs, conversation, languages, media, texts]

/** Looks at a blog from all sides; a check that fails itself is an error of its own, and the others go on. */
export async function examine(patient: Patient): Promise<Outcome[]> {
	const outcomes: Outcome[] = []
	for (const check of CHECKS) {
		const { found, outcome } = collect(check.name)
		try {
			await check.run(patient, found)
		} catch (error) {
			found.error('this check', `could not be made: ${lineOf(error)}`, 'The other errors may say why.')
		}
		outcomes.push(outcome())
	}
	return outcomes
}

/** What an error says, in a line. */
export function lineOf(error: unknown): string {
	const { message, cause } = error as Error & { cause?: Error }
	return [message, cause?.message].filter(Boolean).join(': ').replace(/\s+/g, ' ').slice(0, 500)
}
