import type { Db, ResponseKind } from '../../db/schema.ts'
import { readHtml } from '../../spam/text.ts'
import { findRules } from './queries.ts'
import { addressClue, emailClue, hostValues, type Standing, standingBy } from './rules.ts'

/** Who speaks, as far as it is told. */
export interface Speaker {
	kind: ResponseKind
	email: string
	url: string
	ip: string
	html: string
}

const MOST_LINKS = 20

/** How whoever speaks stands here; sites they link to count against them, only a mention's own for it. */
export async function standingOf(db: Db, secret: string, speaker: Speaker): Promise<Standing> {
	const { kind, email, url, ip, html } = speaker
	const linked = readHtml(html)
		.links.filter((link) => /^https?:/i.test(link))
		.slice(0, MOST_LINKS)
	const own = url ? hostValues(url) : []
	const rules = await findRules(db, {
		email: valuesOf(emailClue(secret, email)),
		address: valuesOf(addressClue(secret, ip)),
		host: [...new Set([...own, ...linked.flatMap(hostValues)])],
	})
	// Whom a text links to speaks for nobody.
	const telling = rules.filter((rule) => rule.kind !== 'host' || rule.verdict === 'block' || own.includes(rule.value))
	return standingBy(telling, { trusts: kind === 'comment' ? 'email' : 'host' })
}

function valuesOf(clue: { value: string } | undefined): string[] {
	return clue ? [clue.value] : []
}
