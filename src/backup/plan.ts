import type { Settings } from '../settings/settings.ts'
import { isBucket } from './place.ts'

/** When the blog backs itself up, and where to. */
export type Plan = Settings['backups']

/** What a bucket's key is shown as. */
const HIDDEN = '…'

/** The name of a backup made at a moment: `otklik-20250315-040000.zip`. */
export function fileName(now: number): string {
	return `otklik-${new Date(now)
		.toISOString()
		.replace(/[-:]|\..*/g, '')
		.replace('T', '-')}.zip`
}

/** Those of these files that are older than the newest `keep` backups; other files are none of them. */
export function outdated(names: string[], keep: number): string[] {
	const backups = names.filter((name) => /^otklik-\d{8}-\d{6}\.zip$/.test(name))
	return backups.sort().slice(0, Math.max(0, backups.length - keep))
}

/** A place without the key to it. */
export function shownPlace(to: string): string {
	if (!isBucket(to)) return to
	const url = new URL(to)
	url.password = HIDDEN
	return url.href.replace(encodeURIComponent(HIDDEN), HIDDEN)
}

/** Whether backups can go there: an absolute folder, a bucket, or the usual folder when it is empty. */
export function isPlace(to: string): boolean {
	return to === '' || /^\/[^\p{Cc}]*$/u.test(to) || isBucket(to)
}
