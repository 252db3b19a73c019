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
export type Role = 'owner' | 'editor' | 'author'

export interface Schema {
	settings: { key: string; locale: string; value: string }
	versions: { scope: string; number: number }
	authors: { id: Generated<number>; slug: string; email: string | null; role: Generated<Role>; created_at: Time }
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
	}
	posts: PostsTable
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
	comments: CommentsTable
	/** Old addresses: `path` is a path with its query; the answer is a translation's permalink or `target`. */
	redirects: { path: string; translation_id: number | null; target: string | null }
	/** What was imported from where, so that a second run doubles nothing. */
	imports: { site: string; kind: string; key: string; id: number }
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
}

export type Db = Kysely<Schema>
export type Trx = Transaction<Schema>
export type Post = Selectable<PostsTable>
export type Translation = Selectable<TranslationsTable>
export type NewTranslation = Insertable<TranslationsTable>
export type Comment = Selectable<CommentsTable>
