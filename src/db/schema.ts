import type { Generated, Insertable, Kysely, Selectable, Transaction } from 'kysely'

/** A moment: milliseconds since 1970-01-01 UTC. */
export type Time = number
/** 0 or 1: SQLite has no booleans. */
export type Flag = 0 | 1

export type PostKind = 'post' | 'page'
/** A published translation whose `published_at` is still to come is a scheduled one. */
export type Status = 'draft' | 'published' | 'private' | 'trash'
export type TermKind = 'category' | 'tag'
export type ResponseKind = 'comment' | 'pingback' | 'trackback' | 'webmention'
export type ResponseStatus = 'approved' | 'held' | 'spam' | 'trash'
/** How another page mentions a post; '' for what was written here, or long ago. */
export type MentionType = 'reply' | 'like' | 'repost' | 'bookmark' | 'translation' | 'mention' | ''
export type Role = 'owner' | 'editor' | 'author'

export interface Schema {
	settings: { key: string; locale: string; value: string }
	traffic: TrafficTable
	/** What the hashes of a day's feed readers are made with; forgotten when it is over. */
	traffic_salts: { day: string; salt: string }
	traffic_readers: { day: string; hash: string }
	versions: { scope: string; number: number }
	/** What changed lately (SQLite alone writes it): `scopes` is a JSON list. */
	changes: { id: Generated<number>; scopes: string }
	authors: AuthorsTable
	author_names: { author_id: number; locale: string; name: string; bio: Generated<string> }
	media: {
		id: Generated<number>
		/** Key in the storage, with a hash of the content: `2010/11/photo-1a2b3c4d.jpg`. */
		path: string
		name: string
		mime: string
		bytes: number
		width: number | null
		height: number | null
		created_at: Time
		/** Who uploaded it; none of what was imported. */
		author_id: number | null
		/** Widths in pixels of its smaller versions, as `320,640`; none before they are made, '' when there are none. */
		widths: string | null
		/** The name as it is searched: `foldName()`. */
		words: Generated<string>
	}
	media_texts: MediaTexts
	/** Which texts show which uploads. */
	media_uses: { media_id: number; translation_id: number }
	posts: PostsTable
	joined_posts: JoinedPosts
	translations: TranslationsTable
	old_slugs: { kind: PostKind; locale: string; slug: string; translation_id: number }
	enclosures: { translation_id: number; url: string; mime: string; bytes: Generated<number> }
	terms: { id: Generated<number>; kind: TermKind; parent_id: number | null }
	term_names: {
		term_id: number
		kind: TermKind
		locale: string
		name: string
		slug: string
		description: Generated<string>
	}
	post_terms: { post_id: number; term_id: number }
	listings: ListingsTable
	comments: CommentsTable
	mentions: MentionsTable
	/** When a page that mentions us was fetched of late: JSON of `Time[]`. */
	mention_fetches: { source_key: string; times: Generated<string>; last_at: Time }
	filter_words: FilterWords
	subscriptions: Subscriptions
	writer_rules: WriterRulesTable
	undos: Undos
	sessions: Sessions
	links: Links
	deliveries: DeliveriesTable
	passkeys: Passkeys
	/** Hashes of codes that stand in for the second factor, each once. */
	recovery_codes: { author_id: number; code_hash: string }
	applications: Applications
	audit: Audit
	/** Old addresses: `path` is a path with its query; the answer is a translation's permalink or `target`. */
	redirects: { path: string; translation_id: number | null; target: string | null }
	revisions: Revisions
	autosaves: Autosaves
	/** How far a translation is: JSON of `Pair[]` and of names of changes (posts/translating/). */
	translating: { translation_id: number; pairs: string; ticks: string; untranslated: Generated<number> }
	/** Links by which a draft may be read until they end. */
	previews: { token: string; translation_id: number; author_id: number | null; expires_at: Time }
	/** What was imported from where, so that a second run doubles nothing. */
	imports: { site: string; kind: string; key: string; id: number }
	import_runs: ImportRuns
	backups: Backups
}

/** Where published posts are listed, those to come included; the database keeps it by itself. */
interface ListingsTable {
	/** `term 12`, `author 3` */
	list: string
	locale: string
	published_at: Time
	translation_id: number
	post_id: number
}

/** What an upload shows, in words of one language. */
interface MediaTexts {
	media_id: number
	locale: string
	alt: Generated<string>
}

interface AuthorsTable {
	id: Generated<number>
	slug: string
	email: string | null
	role: Generated<Role>
	created_at: Time
	/** Argon2id; none for those who can't sign in. */
	password_hash: string | null
	/** The language of their admin pages. */
	language: string | null
	/** When they were last told by mail how many responses wait. */
	told_at: Time | null
	/** Since when they may not sign in. */
	disabled_at: Time | null
	/** Base32 (RFC 6238); none while passwords alone open the door. */
	totp_secret: string | null
	/** The 30 seconds whose code was used last. */
	totp_step: number | null
}

export interface PostsTable {
	id: Generated<number>
	kind: PostKind
	author_id: number | null
	parent_id: number | null
	position: Generated<number>
	sticky: Generated<Flag>
	comments_open: Generated<Flag>
	pings_open: Generated<Flag>
	cover_id: number | null
	created_at: Time
	/** The form it was written in, so that one sent twice makes one post. */
	form_key: string | null
}

/** The number of a post that was joined with another one. */
interface JoinedPosts {
	number: number
	/** The post that its texts are in now. */
	post_id: number
	/** As `posts.form_key` was. */
	form_key: string | null
	/** How both stood before: JSON of `Before`. */
	state: string
	joined_at: Time
}

export interface TranslationsTable {
	id: Generated<number>
	post_id: number
	kind: PostKind
	locale: string
	slug: string
	title: string
	format: 'markdown' | 'html'
	/** What the author wrote. */
	source: string
	/** An excerpt the author wrote by hand, or ''. */
	manual_excerpt: Generated<string>
	/** Rendered and sanitized. */
	html: string
	/** Rendered, safe HTML of the excerpt. */
	excerpt: string
	/** 1 when the text goes on after the excerpt. */
	excerpt_cut: Generated<Flag>
	/** Plain text, for search and counting. */
	text: string
	words: number
	status: Status
	password: string | null
	published_at: Time | null
	modified_at: Time
	/** Year and month of the permalink, fixed when first published. */
	year: number | null
	month: number | null
	guid: string
	revision: Generated<number>
	/** The last revision that was not a small change. */
	major_revision: Generated<number>
	/** The sibling this one was translated from, and its major revision at that time. */
	source_locale: string | null
	source_revision: number | null
}

export interface CommentsTable {
	id: Generated<number>
	post_id: number
	parent_id: number | null
	kind: ResponseKind
	status: ResponseStatus
	locale: string
	name: string
	email: Generated<string>
	/** The writer's site, or the source of a mention. */
	url: Generated<string>
	ip: Generated<string>
	format: 'markdown' | 'html' | 'text'
	source: string
	html: string
	author_id: number | null
	created_at: Time
	/** Where it stands among the responses of its post: in this order a thread reads from top to bottom. */
	place: Generated<string>
	/** The place of the first response of its thread. */
	root: Generated<string>
	/** 0 at the top of a thread. */
	depth: Generated<number>
	/** Why it is where it is: JSON of `Reason[]`. */
	reasons: Generated<string>
	/** A hash of writer and text, against saying a thing twice. */
	digest: Generated<string>
	user_agent: Generated<string>
	referrer: Generated<string>
	/** What stays of the address when it is forgotten. */
	ip_hash: Generated<string>
	/** What was typed into the hidden field. */
	trap: Generated<string>
	/** Whether a filter outside is still to be asked. */
	checked: Generated<'waiting' | 'done'>
	/** As what the local filter has learnt it. */
	trained: 'spam' | 'ham' | null
	/** Whether mail about its appearance has been written to those concerned. */
	told: Generated<Flag>
	mention: Generated<MentionType>
	/** Of the page that mentions. */
	title: Generated<string>
	/** The home page of who wrote there. */
	author_url: Generated<string>
	/** Their picture: its address elsewhere until the response is shown, then its key in the storage. */
	photo: Generated<string>
}

/** What other blogs told us: a row for each page and post it mentions, with what came of it. */
export interface MentionsTable {
	id: Generated<number>
	/** Names it where its sender asks what became of it. */
	token: string
	protocol: 'pingback' | 'trackback' | 'webmention'
	/** The page that mentions, and a hash of its address. */
	source: string
	source_key: string
	target: string
	post_id: number
	/** The response that the target names. */
	parent_id: number | null
	/** The response that was made of it. */
	comment_id: number | null
	/** Of the sender; kept until the page has been read. */
	ip: Generated<string>
	received_at: Time
	/** How often we were told. */
	notices: Generated<number>
	/** Whether the page is still to be read. */
	waiting: Generated<Flag>
	/** Attempts to read it that found nobody there. */
	tries: Generated<number>
	/** What came of the last reading. */
	outcome: Generated<'' | 'stored' | 'updated' | 'removed' | 'kept' | 'missing' | 'unlinked' | 'unreachable'>
	/** What its server said; for authors alone. */
	detail: Generated<string>
	checked_at: Time | null
}

/** How often the local filter has met a word; the empty word counts the texts. */
interface FilterWords {
	word: string
	spam: Generated<number>
	ham: Generated<number>
}

/** Who is trusted or blocked; of people there is only a hash, and as much as tells moderators whom they mean. */
export interface WriterRulesTable {
	id: Generated<number>
	kind: 'email' | 'host' | 'address'
	/** A host, or the hash of what it is about. */
	value: string
	verdict: 'trust' | 'block'
	/** As it is shown: `a…@mail.example`. */
	label: string
	author_id: number | null
	created_at: Time
}

/** What a moderator has done of late and may take back. */
interface Undos {
	token: string
	author_id: number
	action: string
	/** JSON of `Changes`. */
	changes: string
	created_at: Time
}

/** Who wants mail when a comment is replied to; only after a click on the link in the first mail. */
interface Subscriptions {
	token: string
	comment_id: number
	/** Folded for comparison; mail goes to the comment's. */
	email: string
	locale: string
	created_at: Time
	/** When the first mail was written. */
	asked_at: Time | null
	confirmed_at: Time | null
}

/** A signed-in browser; the cookie holds what `token_hash` is the hash of. */
interface Sessions {
	token_hash: string
	author_id: number
	created_at: Time
	seen_at: Time
	user_agent: Generated<string>
}

/** A link that works once, such as the set-up link. */
interface Links {
	token_hash: string
	purpose: string
	author_id: number | null
	expires_at: Time | null
	/** What it was given for, as JSON: who is invited, the new e-mail. */
	data: Generated<string>
	created_at: Generated<Time>
}

/** A key kept by a device of an author (WebAuthn). */
interface Passkeys {
	id: Generated<number>
	author_id: number
	/** Its name among authenticators, base64url. */
	credential: string
	/** COSE, base64url. */
	public_key: string
	/** How often the device says it was used. */
	counter: number
	/** JSON of how the device is reached. */
	transports: string
	name: string
	created_at: Time
	used_at: Time | null
}

/** What a program signs in with in an author's name: a password for desktop editors, a token for Micropub. */
interface Applications {
	id: Generated<number>
	author_id: number
	kind: 'password' | 'token'
	name: string
	secret_hash: string
	/** What a token may do, parted by spaces. */
	scopes: Generated<string>
	created_at: Time
	used_at: Time | null
}

/** Who changed what. */
interface Audit {
	id: Generated<number>
	/** None when nobody has signed in, or the author is gone. */
	author_id: number | null
	/** What they were called. */
	author_name: string
	action: string
	/** Where it is found, below /admin/; or ''. */
	subject: string
	/** What it was called. */
	name: string
	created_at: Time
}

/** A saved state of a translation; states from before there were any are kept when the text is next changed. */
interface Revisions {
	translation_id: number
	/** `translations.revision` of that time. */
	number: number
	title: string
	/** What the author wrote. */
	source: string
	/** The excerpt written by hand, or ''. */
	excerpt: string
	author_id: number | null
	saved_at: Time
	/** It didn't make translations out of date. */
	small: Generated<Flag>
}

/** What someone has typed and not saved: one row for each form. */
interface Autosaves {
	author_id: number
	/** The key of the form. */
	place: string
	locale: string
	/** None for a new post. */
	post_id: number | null
	/** The fields as the form sends them. */
	form: string
	saved_at: Time
}

/** What another site is told of one link of a translation to it; neither post nor translation need be there any more. */
export interface DeliveriesTable {
	id: Generated<number>
	post_id: number
	translation_id: number
	/** The revision it tells of. */
	revision: number
	/** The permalink it tells of, and where that links to. */
	source: string
	target: string
	/** The target without its fragment: a page is told once of a translation. */
	page: string
	host: string
	/** 0 when the link, or all of the text, is gone. */
	linked: Generated<Flag>
	/** `none`: there is nobody to tell. */
	state: Generated<'waiting' | 'sent' | 'none' | 'failed'>
	/** How it was told, once it was. */
	protocol: 'webmention' | 'pingback' | null
	/** What came of the last attempt, for the log: see Outcome. */
	outcome: Generated<string>
	/** Attempts since `asked_at`. */
	attempts: Generated<number>
	asked_at: Time
	tried_at: Time | null
	sent_at: Time | null
	/** When it is due, or when it may be taken away from who has claimed it. */
	next_at: Time
	/** The job that is sending it. */
	claim: Generated<string>
}

/** An import begun in the admin page. */
/** A backup that the blog has made by itself. */
interface Backups {
	id: Generated<number>
	/** Of the file. */
	name: string
	/** A folder, or a bucket without its key. */
	place: string
	/** One that runs and was begun long ago was cut off. */
	state: 'running' | 'done' | 'failed'
	bytes: Generated<number>
	/** Why it failed, in a line. */
	error: Generated<string>
	started_at: Time
	ended_at: Time | null
}

/** An import begun in the admin page. */
interface ImportRuns {
	id: Generated<number>
	author_id: number | null
	/** Of the file, as its sender calls it. */
	name: string
	/** Where it lies in DATA_DIR. */
	file: string
	/** JSON of `ImportOptions`. */
	options: string
	/** One that runs and hasn't been touched for a while was cut off. */
	state: 'running' | 'done' | 'failed'
	percent: Generated<number>
	/** JSON of `ImportReport`, once it is done. */
	report: string | null
	/** Why it failed, in a line. */
	error: Generated<string>
	created_at: Time
	touched_at: Time
}

/** How often something was read on a day (`2025-03-15`). */
export interface TrafficTable {
	day: string
	/** `view` all pages, `path` a page, `referrer` readers from a host, `service` and `reader` subscribers of feeds. */
	kind: 'view' | 'path' | 'referrer' | 'service' | 'reader'
	name: string
	count: number
}

export type Db = Kysely<Schema>
export type Trx = Transaction<Schema>
export type Post = Selectable<PostsTable>
export type Translation = Selectable<TranslationsTable>
export type NewTranslation = Insertable<TranslationsTable>
export type Comment = Selectable<CommentsTable>
