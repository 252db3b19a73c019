import { confinedTo } from '../../authors/roles.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { dayOf } from '../../i18n/dates.ts'
import type { Context } from '../../web/context.ts'
import { twoDigits } from '../permalink.ts'
import { linkClues, pictureClues } from './clues.ts'
import { eachOnce, type Head, type Pair, scorePairs } from './suggest.ts'
import { listLinking, listOldHosts, listShown, listTexts, readLeads, type Text } from './suggest-queries.ts'

/** Every two posts that may be one, the most likely first: for authors only those of their own. */
export async function pairsFor(ctx: Context, author: SignedIn): Promise<Pair[]> {
	const { memory, config, clock } = ctx.blog
	const scopes = config.languages.map((locale) => `posts:${locale}`)
	const pairs = await memory.keep('pairs', { scopes, versions: ctx.state.versions, now: clock() }, async () => ({
		value: await findPairs(ctx),
		until: Number.POSITIVE_INFINITY,
	}))
	const only = confinedTo(author)
	return only === undefined ? pairs : pairs.filter(({ a, b }) => a.author_id === only && b.author_id === only)
}

/** The same, each post in its most likely pair alone. */
export async function suggestionsFor(ctx: Context, author: SignedIn): Promise<Pair[]> {
	return eachOnce(await pairsFor(ctx, author))
}

async function findPairs({ blog: { db, config } }: Context): Promise<Pair[]> {
	const count = config.languages.length
	const texts = (await listTexts(db, count)).filter(({ locale }) => config.languages.includes(locale))
	const heads = headsOf(texts, config.timezone)
	if (heads.length < 2) return []
	const hosts = [new URL(config.siteUrl).host, ...(await listOldHosts(db))]
	const linking = await listLinking(db, texts, hosts)
	const leads = await readLeads(db, texts, [...new Set(linking.flatMap(({ paths }) => paths))])
	const pictures = pictureClues(await listShown(db, count))
	return scorePairs(heads, { links: linkClues(linking, leads), pictures })
}

/** The posts that have appeared and of which nothing is thrown away. */
function headsOf(texts: Text[], timezone: string): Head[] {
	return [...Map.groupBy(texts, ({ post_id }) => post_id).values()].flatMap((own) => {
		const times = own.flatMap(({ status, published_at }) => (status === 'draft' ? [] : (published_at ?? [])))
		if (times.length === 0 || own.some(({ status }) => status === 'trash')) return []
		const [{ post_id: id, kind, author_id }] = own as [Text]
		const time = Math.min(...times)
		const { year, month, day } = dayOf(time, timezone)
		return {
			...{ id, kind, author_id, time },
			locales: own.map(({ locale }) => locale),
			titles: own.map(({ title }) => title),
			day: `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`,
		}
	})
}
