import type { BackupsPage } from './backups-model.ts'
import type { ImportPage, ImportRunPage } from './import-model.ts'
import type { JoiningTemplates } from './joining-model.ts'
import { JOINING_TEMPLATES } from './joining-model.ts'
import type { MediaTemplates } from './media-model.ts'
import { MEDIA_TEMPLATES } from './media-model.ts'
import type { Link, Moment, Pages } from './model.ts'
import type { OverviewPage } from './overview-model.ts'
import type { PeopleTemplates } from './people-model.ts'
import { PEOPLE_TEMPLATES } from './people-model.ts'
import type { QueueTemplates } from './queue-model.ts'
import { QUEUE_TEMPLATES } from './queue-model.ts'
import type { LanguagesPage, RedirectsPage, SettingsPage, ThemesPage } from './settings-model.ts'
import type { TermPage, TermsPage } from './terms-model.ts'
import type { TranslatePage, TranslationsPage } from './translating-model.ts'

/** The templates of themes/admin, and what each is given. */
export interface AdminTemplates extends PeopleTemplates, MediaTemplates, JoiningTemplates, QueueTemplates {
	login: LoginPage
	setup: SetupPage
	message: MessagePage
	overview: OverviewPage
	posts: PostsPage
	post: PostFormPage
	revisions: RevisionsPage
	translate: TranslatePage
	translations: TranslationsPage
	sent: SentPage
	mentions: ReceivedPage
	options: SettingsPage
	redirects: RedirectsPage
	languages: LanguagesPage
	themes: ThemesPage
	terms: TermsPage
	backups: BackupsPage
	import: ImportPage
	'import-run': ImportRunPage
	term: TermPage
}

/** Whom a post has told of its links. */
export interface SentPage extends AdminShell {
	/** The post it is about, when it is about one. */
	post?: Link
	/** What else there is to see. */
	other: Link
	rows: SentRow[]
	empty?: string
}

export interface SentRow {
	target: Link
	/** Where the link stands, when that isn't told above. */
	post?: Link
	language?: string
	/** `waiting`, `sent`, `none`, `failed`. */
	state: string
	text: string
	tried?: Moment
	/** When it is tried again. */
	next?: string
}

/** What other blogs told us of late. */
export interface ReceivedPage extends AdminShell {
	rows: ReceivedRow[]
	empty?: string
	pages?: Pages
}

export interface ReceivedRow {
	source: Link
	/** In the author's language or another. */
	post?: Link
	protocol: string
	/** «3 уведомления» */
	notices?: string
	received: Moment
	/** `waiting`, `sent`, `failed`. */
	state: string
	/** What came of it. */
	text: string
	/** The response that was made of it, as its state. */
	response?: Link
}

/** All of them, for the check at start. */
export const ADMIN_TEMPLATES: (keyof AdminTemplates)[] = [
	...PEOPLE_TEMPLATES,
	...MEDIA_TEMPLATES,
	...JOINING_TEMPLATES,
	...QUEUE_TEMPLATES,
	...(['redirects', 'languages', 'themes'] as const),
	...(['login', 'setup', 'message', 'overview'] as const),
	...([
		'posts',
		'post',
		'revisions',
		'translate',
		'translations',
		'options',
		'backups',
		'import',
		'import-run',
		'terms',
		'term',
		'sent',
		'mentions',
	] as const),
]

/** The head and header of every page of the authors. */
export interface AdminShell {
	locale: string
	dir: 'ltr' | 'rtl'
	/** The kind of page, also the body's class: the template's name. */
	kind: string
	documentTitle: string
	heading: string
	site: { title: string; home: string }
	/** None before sign-in. */
	user?: { name: string; role: string }
	/** The rooms that are theirs, in groups. */
	menu: MenuGroup[]
	/** What waits for them in all rooms together, for the closed menu of a phone. */
	waiting?: { count: string; text: string }
	/** Languages of the admin pages to choose from. */
	languages: { code: string; name: string; current: boolean }[]
	/** What inline scripts and styles of this page carry. */
	nonce: string
	/** What was done (`role=status`). */
	notice?: string
	/** What went wrong (`role=alert`). */
	alert?: string
}

export interface MenuGroup {
	heading?: string
	rooms: MenuRoom[]
}

/** A room of the menu. */
export interface MenuRoom {
	href: string
	text: string
	icon: string
	current: boolean
	/** How much waits there, as a number and in words. */
	count?: string
	waiting?: string
}

/** What one page adds to the shell. */
export type PageOf<Page extends AdminShell> = Omit<Page, keyof AdminShell> &
	Pick<AdminShell, 'heading' | 'notice' | 'alert'>

/** A field of a form as it was filled in, and what is wrong with it. */
export interface Field {
	value: string
	error?: string
}

export interface Choice {
	value: string
	text: string
	checked: boolean
	lang?: string
}

export interface LoginPage extends AdminShell {
	action: string
	email: string
	/** What was sent when the session had ended, to be sent again after sign-in. */
	kept: { name: string; value: string }[]
	/** What the browser is asked for, as JSON, and what is told when it has none. */
	passkey: string
	passkeyFailed: string
}

export interface SetupPage extends AdminShell {
	token: string
	intro: string
	/** The e-mail of an author who exists; then only the password is asked for. */
	account?: string
	/** The e-mail of who is invited, and what is wrong with it. */
	invited?: string
	emailError?: string
	name: Field
	email: Field
	password: Field
	passwordHint: string
}

export interface MessagePage extends AdminShell {
	text: string
	link?: Link
}

export interface PostsPage extends AdminShell {
	newPost: string
	posts: PostRow[]
	empty?: string
	pages?: Pages
}

export interface PostRow {
	title: string
	lang: string
	href: string
	/** «страница», «закреплено», who wrote it. */
	marks: string[]
	translations: TranslationCell[]
}

/** A post in one language, or the lack of it. */
export interface TranslationCell {
	lang: string
	language: string
	href: string
	status: string
	/** `draft`, `scheduled`, `published`, `private`, `trash`, `missing`. */
	state: string
	date?: Moment
}

export interface PostFormPage extends AdminShell {
	action: string
	lang: string
	languageDir: 'ltr' | 'rtl'
	/** The same post in the blog's languages. */
	siblings: (Link & { state: string; status: string })[]
	isNew: boolean
	revision: string
	status: string
	state: string
	/** Where readers see it. */
	view?: string
	/** Whom it has told of its links. */
	sent?: string
	/** Where it is joined with a post that is its translation, and where its translations are parted. */
	join?: string
	split?: string
	conflict?: { title: string; source: string; when: string; parts: DiffPart[] }
	/** What was typed and not saved, to go on with or to throw away. */
	unsaved: { text: string; key: string; href: string; action: string }[]
	/** Who else writes this text now. */
	others?: string
	/** The trash, taken back. */
	undo?: { action: string; status: string }
	title: Field
	slug: Field & { hint: string; address: string }
	text: Field & { label: string; hint: string }
	excerpt: Field
	published: Field & { hint: string }
	protection: Field
	newTags: NewTerms
	newCategories: NewTerms
	categories: Choice[]
	tags: Choice[]
	kinds: Choice[]
	statuses: Choice[]
	/** Whether this author may settle what concerns the whole blog. */
	maySettle: boolean
	sticky: boolean
	commentsOpen: boolean
	pingsOpen: boolean
	cover: { none: boolean; choices: (Choice & { src: string })[]; error?: string }
	small: { offered: boolean; checked: boolean }
	upToDate: { offered: boolean; checked: boolean }
	isTrashed: boolean
	lastOne: boolean
	/** Of this form: what is typed is kept under it, and a new one makes one post however often it is sent. */
	formKey: string
	/** Where it is translated paragraph by paragraph, when there is another language to translate from. */
	translate?: string
	/** The other languages' texts, to be read beside. */
	beside: { lang: string; dir: 'ltr' | 'rtl'; language: string; title: string; source: string; href: string }[]
	revisions?: Link
	previews?: { action: string; links: { href: string; until: string; token: string }[] }
	/** The editor's modules by name (JSON), and the one to begin with. */
	importMap: string
	script: string
}

/** New terms to be named; those who may not name any have no fields. */
export interface NewTerms {
	fields: TermField[]
	isOpen: boolean
}

/** A text field of new terms in a language. */
export interface TermField extends Field {
	id: string
	label: string
	lang: string
}

/** What changed in a part of a text. */
export interface DiffPart {
	name: string
	pieces: { kind: string; text: string }[]
}

export interface RevisionsPage extends AdminShell {
	post: Link
	lang: string
	revisions: { href: string; current: boolean; when: Moment; marks: string[] }[]
	empty?: string
	/** One of them beside the one before. */
	chosen?: { number: string; when: string; isFirst: boolean; isNewest: boolean; parts: DiffPart[] }
	action: string
	/** The revision that is saved now. */
	revision: string
}
