import { dayOf } from '../i18n/dates.ts'
import type { Blog } from '../web/context.ts'
import { foldTraffic } from './queries.ts'
import { dayName } from './traffic.ts'

const DAY = 24 * 60 * 60 * 1000
const DETAILS_KEPT = 90 * DAY

/** The daily job: who read feeds yesterday becomes a number; what each page was asked for is forgotten after 90 days. */
export async function forgetReaders({ db, clock, config }: Pick<Blog, 'db' | 'clock' | 'config'>): Promise<void> {
	const day = (time: number) => dayName(dayOf(time, config.timezone))
	await foldTraffic(db, day(clock()), day(clock() - DETAILS_KEPT))
}
