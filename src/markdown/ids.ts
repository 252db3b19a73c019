import { decodePercent } from './percent.ts'
import { descendants, get, type Parent, set } from './tree.ts'

/** Ids and prefixes of ids that pages themselves use; in a text they get TEXT_PREFIX. Themes take theirs from here. */
const PAGE_IDS = new Set(
	(
		'archives aside banner calendar categories comment comments content footer head header home languages login logo ' +
		'main menu nav navigation next page pages pagination ping pings post posts prev previous profile recent related ' +
		'reply respond response responses search share sidebar site skip tags theme title toc top widgets'
	).split(' '),
)
const PAGE_ID =
	/^(?:comment|respond|response|reply|mention|ping|post|share|field|widget|nav|page|search|form|site|skip)-/i
const TEXT_PREFIX = 'text-'

/** Makes the ids of a text valid, different from each other and from those of the page; links inside the text follow. */
export function cleanIds(root: Parent): void {
	const renamed = new Map<string, string>()
	const used = new Set<string>()
	for (const el of descendants(root)) {
		const id = get(el, 'id')
		if (id === undefined) continue
		const safe = safeId(id)
		set(el, 'id', safe && !used.has(safe) ? safe : undefined)
		used.add(safe)
		renamed.set(id, safe)
	}
	for (const el of descendants(root)) {
		const target = renamed.get(fragment(get(el, 'href')) ?? '')
		if (target) set(el, 'href', `#${target}`)
	}
}

/** An id that no page uses for itself. */
export function safeId(id: string): string {
	const joined = id.trim().replace(/\s+/g, '-')
	return PAGE_IDS.has(joined.toLowerCase()) || PAGE_ID.test(joined) ? `${TEXT_PREFIX}${joined}` : joined
}

function fragment(href: string | undefined): string | undefined {
	if (!href?.startsWith('#')) return undefined
	return decodePercent(href.slice(1)) ?? href.slice(1)
}
