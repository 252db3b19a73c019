import type { MenuItem } from '../../settings/settings.ts'
import type { Check } from '../patient.ts'
import { knownPosts, newestBackups, rawSettings } from '../queries.ts'

const DAY = 24 * 60 * 60 * 1000

/** Whether what the owner has set can be kept to. */
export const settings: Check = {
	name: 'settings',
	async run({ db, config, now }, found) {
		const rows = await rawSettings(db)
		const values = new Map<string, unknown>()
		for (const { key, locale, value } of rows) {
			try {
				values.set(`${key} ${locale}`, JSON.parse(value))
			} catch {
				found.error(
					`the setting ${key} ${locale}`.trim(),
					'is no JSON: every page fails',
					`Save it anew, or delete its row.`,
				)
			}
		}
		for (const locale of config.languages) {
			const menu = (values.get(`menu ${locale}`) ?? []) as MenuItem[]
			const posts = menu.flatMap((item) => ('post' in item ? [item.post] : []))
			const known = await knownPosts(db, posts)
			for (const id of posts.filter((id) => !known.has(id))) {
				found.warning(
					`the menu in ${locale}`,
					`names the page ${id}, which is gone`,
					'Save the menu anew in the settings.',
				)
			}
		}
		const { on } = (values.get('backups ') ?? {}) as { on?: boolean }
		if (!on) return
		const [newest, ...others] = (await newestBackups(db)).filter(({ state }) => state !== 'running')
		const advice = 'See /admin/backup/, or make one by hand: otklik backup FILE.'
		if (newest?.state === 'failed') found.error('the newest backup', `failed: ${newest.error}`, advice)
		const good = [newest, ...others].find((one) => one?.state === 'done')
		if (good && good.started_at < now - 2 * DAY) {
			found.error('the newest good backup', `is of ${new Date(good.started_at).toISOString()}`, advice)
		}
	},
}
