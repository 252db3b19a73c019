import { randomBytes } from 'node:crypto'
import { type CommentPolicy, DEFAULT_POLICY } from '../comments/policy.ts'
import type { Db } from '../db/schema.ts'
import type { Catalog } from '../i18n/catalog.ts'
import { readSettings, settleSetting } from './queries.ts'

/** A link to the blog's author elsewhere. */
export interface Profile {
	label: string
	url: string
}

/** An entry of the navigation: a page of the blog, under its title unless a text is given, or any address. */
export type MenuItem = { post: number; text?: string } | { href: string; text: string }

/** A text that the owner writes in Markdown, with its safe HTML. */
export interface Note {
	source: string
	html: string
}

/** What may stand beside a listing, in the order of a new blog. */
export const WIDGETS = ['calendar', 'recentPosts', 'recentResponses', 'categories', 'tags', 'months'] as const
export type Widget = (typeof WIDGETS)[number]

export interface FeedSettings {
	/** What an entry carries: the whole text or its beginning. */
	text: 'full' | 'summary'
}

export interface MentionSettings {
	/** Pingbacks, trackbacks and webmentions are taken. */
	receive: boolean
	/** Those whom a post links to are told. */
	send: boolean
}

export interface BackupSettings {
	/** The blog backs itself up every day. */
	on: boolean
	/** After which of the day, in the blog's time zone. */
	hour: number
	/** How many backups stay. */
	keep: number
	/** A folder or a bucket; '' is a folder of DATA_DIR. */
	to: string
}

/** The settings that are kept in the database, as pages need them. */
export interface Settings {
	title(locale: string): string
	tagline(locale: string): string
	/** Below every page. */
	footer(locale: string): Note
	/** Above the form of a response. */
	respondNote(locale: string): Note
	profiles: Profile[]
	/** The navigation the owner has made for a language; none when it is made of the pages. */
	menu(locale: string): MenuItem[] | undefined
	/** Those that are shown, in their order. */
	widgets: Widget[]
	comments: CommentPolicy
	mentions: MentionSettings
	feeds: FeedSettings
	/** WebSub hubs that hear of new posts. */
	hubs: string[]
	backups: BackupSettings
	/** The theme that was chosen, if any; else it is THEME. */
	theme?: string
}

/** Reads all settings; a text that is missing in a language is the catalog's. */
export async function loadSettings(db: Db, catalog: Catalog): Promise<Settings> {
	const rows = await readSettings(db)
	const byKey = new Map(rows.map(({ key, locale, value }) => [`${key} ${locale}`, value]))
	const find = <T>(key: string, locale = '') => byKey.get(`${key} ${locale}`) as T | undefined
	return {
		title: (locale) => find<string>('title', locale) ?? catalog.translator(locale)('site.title'),
		tagline: (locale) => find<string>('tagline', locale) ?? catalog.translator(locale)('site.tagline'),
		footer: (locale) => find<Note>('footer', locale) ?? NOTHING,
		respondNote: (locale) => find<Note>('respondNote', locale) ?? NOTHING,
		profiles: find<Profile[]>('profiles') ?? [],
		menu: (locale) => find<MenuItem[]>('menu', locale),
		widgets: find<Widget[]>('widgets') ?? [...WIDGETS],
		comments: { ...DEFAULT_POLICY, ...find<Partial<CommentPolicy>>('comments') },
		mentions: { receive: true, send: true, ...find<Partial<MentionSettings>>('mentions') },
		feeds: { text: 'full', ...find<Partial<FeedSettings>>('feeds') },
		hubs: find<string[]>('hubs') ?? [],
		backups: { on: false, hour: 4, keep: 7, to: '', ...find<Partial<BackupSettings>>('backups') },
		theme: find<string>('theme'),
	}
}

const NOTHING: Note = { source: '', html: '' }

/** The signing secret, made once and kept in the database. */
export async function loadSecret(db: Db): Promise<string> {
	return (await settleSetting(db, 'secret', randomBytes(32).toString('base64url'))) as string
}
