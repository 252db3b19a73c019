/** What a backup holds, in an order in which rows come after those they refer to. */
export const KEPT = [
	...['settings', 'authors', 'author_names', 'media', 'media_texts'],
	...[
		'posts',
		'joined_posts',
		'translations',
		'revisions',
		'autosaves',
		'translating',
		'previews',
		'old_slugs',
		'enclosures',
		'media_uses',
	],
	...['terms', 'term_names', 'post_terms', 'redirects', 'comments', 'subscriptions', 'mentions', 'deliveries'],
	...['writer_rules'],
	...['filter_words', 'passkeys', 'recovery_codes', 'applications', 'audit', 'traffic', 'imports'],
]

/** What no backup holds, each with its reason. */
export const LEFT_OUT: Record<string, string> = {
	sessions: 'browsers sign in anew: one that was signed out since must not come back',
	undos: 'what moderators may take back of what they did today',
	links: 'links that work once: one that was used since must not work again',
	jobs: 'letters that went out since must not go out again; what the tables say is still to be done is begun anew',
	backups: 'which files there are is a matter of the machine where they are',
	import_runs: 'a run of an import belongs to the machine where its file is',
	schedules: 'made at the start',
	rates: 'counts of minutes',
	mention_fetches: 'counts of minutes',
	changes: 'news for processes that run',
	versions: 'numbers for processes that run',
	traffic_salts: 'forgotten when a day is over, and that is what they are for',
	traffic_readers: 'forgotten when a day is over',
	search_index: 'made anew from the texts',
	listings: 'the database fills it as posts come',
	kysely_migration: 'made by the migrations',
	kysely_migration_lock: 'made by the migrations',
}

/** Every table of the program, on either database. */
export const TABLES = [...KEPT, ...Object.keys(LEFT_OUT)]
