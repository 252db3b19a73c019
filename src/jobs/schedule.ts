import { CronExpressionParser } from 'cron-parser'
import type { Time } from '../db/schema.ts'

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
