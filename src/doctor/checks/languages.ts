import { completenessOfAll } from '../../i18n/completeness.ts'
import { permalink } from '../../posts/permalink.ts'
import { type Found, MOST_TOLD } from '../finding.ts'
import type { Check, Patient } from '../patient.ts'
import { countByLanguage, listContradictions, listEmptyPosts, listNameless, listTranslated } from '../queries.ts'

const NEWEST = 50
const ALTERNATE = /<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g

/** Whether the languages agree: what pages say of each other, what the interface says in each. */
export const languages: Check = {
	name: 'languages',
	async run(patient, found) {
		await findContradictions(patient, found)
		await findOneSided(patient, found)
		await findGaps(patient, found)
	},
}

async function findContradictions({ db }: Patient, found: Found): Promise<void> {
	for (const one of await listContradictions(db, MOST_TOLD)) {
		const said =
			one.kind !== one.post_kind
				? `is a ${one.kind}, and its post a ${one.post_kind}`
				: 'is published without a date or an address'
		const advice = 'Save it again in the editor; if that is refused, restore a backup.'
		found.error(`post ${one.post_id} in ${one.locale} (${one.title.slice(0, 60)})`, said, advice)
	}
	for (const id of await listEmptyPosts(db, MOST_TOLD)) {
		found.warning(`post ${id}`, 'has no text in any language', 'Delete its row, or restore a backup.')
	}
}

/** Asks for the pages of the newest posts: each must name all its siblings, and they it. */
async function findOneSided({ db, config, now, ask }: Patient, found: Found): Promise<void> {
	const posts = Map.groupBy(await listTranslated(db, now, NEWEST), ({ post_id }) => post_id)
	for (const [id, siblings] of posts) {
		const shown = siblings.filter(({ locale }) => config.languages.includes(locale))
		if (shown.length < 2) continue
		const wanted = new Map(shown.map((sibling) => [sibling.locale, config.siteUrl + permalink(sibling)]))
		for (const sibling of shown) {
			const { status, text } = await ask(permalink(sibling))
			const subject = `post ${id} in ${sibling.locale}`
			if (status !== 200) {
				found.error(subject, `answers ${status} at ${permalink(sibling)}`, 'See what the log says of it.')
				continue
			}
			const named = new Map(
				[...text.matchAll(ALTERNATE)].map(([, code, href]) => [code!, href!.replaceAll('&amp;', '&')]),
			)
			const missing = [...wanted].filter(([code, href]) => named.get(code) !== href).map(([code]) => code)
			const extra = [...named.keys()].filter((code) => code !== 'x-default' && !wanted.has(code))
			if (missing.length + extra.length > 0 || !named.has('x-default')) {
				const advice = 'A theme must print every alternate that it is given (docs/themes.md).'
				found.error(
					subject,
					`names other translations than there are (hreflang ${[...missing, ...extra, 'x-default'].join(', ')})`,
					advice,
				)
			}
		}
	}
}

async function findGaps({ db, config }: Patient, found: Found): Promise<void> {
	for (const { code, missing } of completenessOfAll()) {
		if (!config.languages.includes(code) || missing.length === 0) continue
		const said = `lacks ${missing.length} texts of the interface: ${missing.slice(0, 5).join(', ')}`
		found.warning(`locales/${code}.json`, said, 'Until they are there, readers see them in English.')
	}
	for (const { locale, count } of await countByLanguage(db)) {
		if (config.languages.includes(locale)) continue
		found.warning(
			`LANGUAGES`,
			`doesn't name ${locale}, in which there are ${count} texts: nobody sees them`,
			`Add ${locale}.`,
		)
	}
	for (const locale of config.languages) {
		for (const { id, kind, name } of await listNameless(db, locale, MOST_TOLD)) {
			const subject = `${kind} ${id} (${name ?? 'nameless'})`
			found.warning(
				subject,
				`has no name in ${locale}, and posts there: they don't show it`,
				'Name it at /admin/terms/.',
			)
		}
	}
}
