import { CronExpressionParser } from 'cron-parser'
import type { Db, Time } from '../db/schema.ts'
import { fireSchedule, hastenSchedule, keepSchedule, listSchedules } from './queries.ts'

/** What is done again and again. */
export interface Schedules {
	db: Db
	/** Cron expressions in `timezone`, by the kind of job they make. */
	schedules?: Record<string, string>
	timezone: string
	clock: () => Time
}

/**
 * The first moment after `after` that a cron expression names in a time zone.
 * @example nextTime('0 4 * * *', 'Europe/Moscow', Date.now())
 * @throws Error when the expression isn't one
 */
export function nextTime(cron: string, timezone: string, after: Time): Time {
	return CronExpressionParser.parse(cron, { currentDate: new Date(after), tz: timezone })
		.next()
		.getTime()
}

/** Keeps the schedules; one that is known as it is goes on, though the program was off. */
export async function keepSchedules({ db, schedules = {}, timezone, clock }: Schedules): Promise<void> {
	for (const [kind, cron] of Object.entries(schedules)) {
		await keepSchedule(db, { kind, cron, next_at: nextTime(cron, timezone, clock()) })
	}
}

/** Makes jobs of the schedules whose moment has come: one each, however many moments were missed. */
export async function fireSchedules({ db, schedules = {}, timezone, clock }: Schedules): Promise<void> {
	const now = clock()
	for (const { kind, next_at } of await listSchedules(db, Object.keys(schedules))) {
		const next = nextTime(schedules[kind]!, timezone, now)
		if (next_at <= now) await fireSchedule(db, kind, now, next)
		// Fired by a clock that ran ahead and was set back.
		else if (next_at > next) await hastenSchedule(db, kind, next)
	}
}
