import type { Delivery } from './queries.ts'
import type { Target } from './targets.ts'

/** What changes of what is told when a text has become another. */
export interface Plan {
	/** Linked to now, and told nothing yet. */
	fresh: Target[]
	/** Told before, to be told again. */
	again: { id: number; target: Target }[]
	/** To be told that the link is gone. */
	gone: number[]
	/** Never told, no longer to be told. */
	dropped: number[]
}

/** What is now said: the revision of the words and the permalink of a translation that readers see, and where it links to. */
export interface Said {
	revision: number
	source: string
	targets: Target[]
}

/**
 * Plans what is told after a change; nobody is told twice of one revision. Pingback knows neither updates nor
 * deletions, so a page told by it is told again only of a new address.
 */
export function planOf(known: Delivery[], { revision, source, targets }: Said): Plan {
	const plan: Plan = { fresh: [], again: [], gone: [], dropped: [] }
	const byPage = new Map(known.map((delivery) => [delivery.page, delivery]))
	for (const target of targets) {
		const delivery = byPage.get(target.page)
		if (!delivery) plan.fresh.push(target)
		else if (isNews(delivery, { revision, source })) plan.again.push({ id: delivery.id, target })
	}
	const pages = new Set(targets.map(({ page }) => page))
	for (const delivery of known) {
		if (delivery.linked === 0 || pages.has(delivery.page)) continue
		const isUntold = delivery.sent_at === null && delivery.attempts === 0
		if (isUntold) plan.dropped.push(delivery.id)
		else plan.gone.push(delivery.id)
	}
	return plan
}

function isNews(delivery: Delivery, { revision, source }: Omit<Said, 'targets'>): boolean {
	if (delivery.protocol === 'pingback' && delivery.state === 'sent') return delivery.source !== source
	return delivery.linked === 0 || delivery.revision < revision || delivery.source !== source
}
