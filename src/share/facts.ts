import type { Time } from '../db/schema.ts'
import type { Alternate } from '../views/model.ts'

/** What a page says of itself to those who link it. Every address is absolute. */
export interface PageFacts {
	/** `listing` is any list of posts but the home page. */
	kind: 'home' | 'listing' | 'page' | 'post'
	url: string
	title: string
	description: string
	locale: string
	site: { title: string; url: string }
	/** From `alternates()`. */
	alternates: Alternate[]
	image?: { url: string; width?: number; height?: number; alt?: string }
	/** This and what follows: of posts and pages. */
	published?: Time
	modified?: Time
	author?: { name: string; url?: string }
	tags?: string[]
	/** The number of responses. */
	responses?: number
	/** The language it was translated from. */
	sourceLocale?: string
}

/** The page's alternates but itself and `x-default`. */
export function translationsOf({ alternates, locale }: PageFacts): Alternate[] {
	return alternates.filter(({ hreflang }) => hreflang !== 'x-default' && hreflang !== locale)
}

/** RFC 3339 in UTC. */
export function isoDate(time: Time | undefined): string | undefined {
	return time === undefined ? undefined : new Date(time).toISOString()
}
