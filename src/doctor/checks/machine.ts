import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { clockOf } from '../../db/integrity.ts'
import { listPutOff } from '../../jobs/queries.ts'
import type { Check } from '../patient.ts'
import { latestMoments } from '../queries.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Milliseconds that clocks of two machines may differ. */
const SLACK = 5_000
const MEGABYTE = 1 << 20
/** Below this nothing can be written for long. */
const LEAST = 200 * MEGABYTE
const SCARCE = 1024 * MEGABYTE

/** Whether the folders of the blog can be written to, and for how long. */
export const disk: Check = {
	name: 'disk',
	async run({ config, room }, found) {
		for (const folder of foldersOf(config)) {
			const isThere = await access(folder, constants.W_OK).then(
				() => true,
				(error: Error) => {
					found.error(
						folder,
						`can't be written to: ${error.message}`,
						'Make it, or give it to the user the blog runs as.',
					)
					return false
				},
			)
			if (!isThere) continue
			const { free, total } = await room(folder)
			const said = `has ${Math.floor(free / MEGABYTE)} MB left of ${Math.floor(total / MEGABYTE)} MB`
			if (free < Math.min(LEAST, total / 20)) found.error(folder, said, 'Make room now: soon nothing can be saved.')
			else if (free < Math.min(SCARCE, total / 10)) found.warning(folder, said, 'Make room soon.')
		}
	},
}

function foldersOf({ dataDir, databaseUrl, storageUrl }: Config): string[] {
	return [
		...new Set([
			dataDir,
			...(databaseUrl.startsWith('sqlite:') ? [dirname(databaseUrl.slice('sqlite:'.length))] : []),
			...(storageUrl.startsWith('file:') ? [dirname(storageUrl.slice('file:'.length))] : []),
		]),
	]
}

/** Whether it is as late as this machine thinks. */
export const clock: Check = {
	name: 'clock',
	async run({ db, now, askSite }, found) {
		const advice = 'Let the machine set its clock by NTP (timedatectl set-ntp true).'
		const differ = (subject: string, theirs: number | undefined, slack: number) => {
			const seconds = Math.round(Math.abs((theirs ?? now) - now) / 1000)
			if (seconds * 1000 > slack) found.error(subject, `is ${seconds} seconds from the clock of this machine`, advice)
		}
		differ('the clock of the database', await clockOf(db), SLACK)
		// A page may have been kept by something in between for a moment.
		differ('the clock at SITE_URL', (await askSite('/healthz'))?.date, MINUTE)
		for (const [what, at] of Object.entries(await latestMoments(db))) {
			if (at > now + MINUTE) {
				found.error(what, `was stored at ${new Date(at).toISOString()}, which is still to come`, advice)
			}
		}
		for (const { kind, next_at } of await listPutOff(db, now + 8 * DAY)) {
			const said = `is put off to ${new Date(next_at).toISOString()}, since the clock was wrong once`
			found.error(`the schedule ${kind}`, said, 'Delete it from the table schedules: the next start makes it anew.')
		}
	},
}
