/** What the blog has said it has, by what names it, with the moment it said so. */
export interface Ledger {
	/** By their texts. */
	comments: Map<string, number>
	/** By their titles: when they were made, and the text that was saved last. */
	posts: Map<string, { number: string; text: string; made: number }>
	/** Addresses of files by their names. */
	uploads: Map<string, string>
	/** By the page that mentions. */
	mentions: Map<string, number>
	/** Imported posts by their titles. */
	imported: Map<string, number>
	/** Archives, with when they were begun. */
	backups: { file: string; begun: number }[]
}

/** Nothing so far. */
export function openLedger(): Ledger {
	return {
		comments: new Map(),
		posts: new Map(),
		uploads: new Map(),
		mentions: new Map(),
		imported: new Map(),
		backups: [],
	}
}
