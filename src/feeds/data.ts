import type { Time } from '../db/schema.ts'

/** A feed before it is written in a format. Every address is absolute, every text plain but `html`. */
export interface FeedData {
	/** Language of the feed's own texts, and of entries that don't say otherwise. */
	locale: string
	title: string
	description: string
	/** The page it follows. */
	url: string
	/** Its own address. */
	self: string
	/** WebSub hubs that are told of news in it. */
	hubs: string[]
	/** The same page in other languages. */
	siblings: Sibling[]
	updated: Time
	/** Who stands for entries without an author. */
	author: string
	entries: FeedEntry[]
}

/** A post, or a response to one. */
export interface FeedEntry {
	/** Never changes; any text, so that imported entries keep theirs. */
	guid: string
	locale: string
	url: string
	title: string
	/** Safe HTML with absolute addresses; absent when it isn't to be shown. */
	html?: string
	summary: string
	author?: { name: string; url?: string }
	published: Time
	modified: Time
	tags: string[]
	enclosures: { url: string; mime: string; bytes: number }[]
	/** Its published translations. */
	siblings: Sibling[]
	/** Its conversation: number of responses, where they are on the page, and their feed. */
	replies?: { count: number; url: string; feed: string }
	/** What it is a response to. */
	inReplyTo?: { guid: string; url: string }
}

export interface Sibling {
	locale: string
	url: string
}
