/** What templates are given. Every URL is absolute in its path (`/ru/…`), every text already in the page's language. */

/** `<a href>` with its text. */
export interface Link {
	href: string
	text: string
	/** The page being shown. */
	current?: boolean
	lang?: string
}

/** `<time datetime=iso>text</time>`; `title` adds the hour. */
export interface Moment {
	iso: string
	text: string
	title: string
}

/** A page in another language (`hreflang`, absolute href). */
export interface Alternate {
	hreflang: string
	href: string
}

export interface FeedLink {
	type: string
	title: string
	href: string
}

/** The head, header, sidebar and footer of any page. */
export interface Shell {
	locale: string
	dir: 'ltr' | 'rtl'
	/** Kind of page, also the body's class: home, archive, term, author, search, post, page, error. */
	kind: string
	/** `<title>` whole, the blog's name included. */
	documentTitle: string
	description: string
	/** Absolute; none on pages that aren't to be found. */
	canonical?: string
	/** `noindex` and the like. */
	robots?: string
	alternates: Alternate[]
	feeds: FeedLink[]
	/** Other `<link rel href>`: where mentions are taken. */
	links: { rel: string; href: string }[]
	/** `rel="prev"` and `rel="next"` of paged listings. */
	previousPage?: string
	nextPage?: string
	/** Open Graph and other `<meta property content>`. */
	meta: { property: string; content: string }[]
	/** A JSON text, safe inside `<script>`. */
	jsonLd?: string
	site: {
		title: string
		tagline: string
		/** Safe HTML below every page; may be empty. */
		footer: string
		home: string
		feed: string
		search: string
		year: number
	}
	/** `nav.languages`: every language of the blog; a page missing in one leads to that language's home. */
	languages: { code: string; name: string; href: string; current: boolean; exact: boolean }[]
	/** Header links of the blog: RSS, Telegram, YouTube …, `rel="me"` but for feeds. */
	profiles: { href: string; text: string; icon: string; rel?: string }[]
	/** Static pages of the top level, or what the owner has put there. */
	menu: Link[]
	/** The words searched for, on the search page. */
	query: string
	sidebar?: Sidebar
}

/** Widgets; a list that is empty isn't shown, nor one that the owner doesn't want. */
export interface Sidebar {
	/** The names of the widgets in the owner's order: `calendar`, `recentPosts` … */
	order: string[]
	calendar?: Calendar
	recentPosts: Link[]
	recentResponses: { name: string; href: string; post: string; lang?: string }[]
	categories: CategoryNode[]
	tags: { href: string; text: string; count: number /** 1 (rare) … 5 (frequent). */; weight: number }[]
	months: { href: string; text: string; count: number }[]
}

export interface CategoryNode {
	href: string
	text: string
	count: number
	current?: boolean
	children: CategoryNode[]
}

/** `<nav aria-label><table class="calendar">`: a month with its days' posts. */
export interface Calendar {
	/** Февраль 2025 */
	caption: string
	/** Label of the `<nav>`. */
	label: string
	/** The month's own archive, when it has posts. */
	href?: string
	weekdays: { short: string; long: string }[]
	weeks: CalendarDay[][]
	previous?: { href: string; short: string; label: string }
	next?: { href: string; short: string; label: string }
}

export interface CalendarDay {
	/** None outside the month. */
	day?: number
	href?: string
	/** «Записи за 26 февраля 2025 г.» */
	label?: string
	today?: boolean
}

/** A post as listings show it. */
export interface PostCard {
	href: string
	title: string
	/** Title to show where the author gave none (a date). */
	published: Moment
	author?: Link
	categories: Link[]
	tags: Link[]
	/** Safe HTML. */
	excerpt: string
	/** The text goes on: show "read more". */
	more: boolean
	/** «3 отклика», and its address. */
	responses: { count: number; text: string; href: string }
	/** «5 мин чтения» */
	reading: string
	sticky: boolean
	/** Behind a password: no excerpt. */
	locked: boolean
	cover?: Image
}

export interface Image {
	src: string
	alt: string
	width?: number
	height?: number
	/** Smaller versions to choose from by `sizes`, and other formats of them; none while they are being made. */
	srcset?: string
	sizes?: string
	sources?: { type: string; srcset: string }[]
}

export interface ListingPage extends Shell {
	/** `<h1>`; on the home page hidden from view or the tagline. */
	heading: string
	/** Safe HTML: a term's description, an author's biography. */
	intro?: string
	posts: PostCard[]
	/** «Страница 2 из 7» and its links. */
	pages?: Pages
	/** Shown in place of posts when there are none. */
	empty?: string
	/** Larger parts of an archive: year › month. */
	trail: Link[]
}

export interface Pages {
	label: string
	text: string
	newer?: string
	older?: string
	numbers: { number: number; href: string; current: boolean; gap?: boolean }[]
}

export interface SearchPage extends Shell {
	heading: string
	/** «Нашлось 5 записей» or why nothing did. */
	summary: string
	results: {
		href: string /** Safe HTML with `<mark>`. */
		title: string
		excerpt: string
		published: Moment
		kind: string
	}[]
	pages?: Pages
	/** «3 записи на английском» */
	elsewhere: Link[]
}

export interface PostPage extends Shell {
	post: PostCard & {
		id: number
		/** Absolute permalink. */
		permalink: string
		/** Safe HTML; empty when locked. */
		content: string
		modified?: Moment
		/** The form of a protected post: where it posts, and what went wrong. */
		unlock?: { action: string; error?: string }
		/** Why this translation may be out of date, with its source. */
		outdated?: { text: string; source: Link }
		/** «Эта запись есть также на: English» */
		translations: Link[]
		share?: Share
		older?: Link
		newer?: Link
		related: Link[]
		/** Subpages of a page, and the page above it. */
		children: Link[]
		parent?: Link
		enclosures: { href: string; mime: string; text: string }[]
	}
	responses: Responses
}

/** `nav.share`: plain links; script adds Mastodon, copy and the system's own sheet. */
export interface Share {
	label: string
	url: string
	title: string
	links: { name: string; href: string; icon: string; label: string }[]
}

/** `#comments` */
export interface Responses {
	/** «3 отклика на “Заголовок”» */
	heading: string
	count: number
	feed: string
	/** Likes and reposts: a row of faces each. */
	reactions: Reaction[]
	thread: ResponseNode[]
	/** «Отклики закрыты», or none. */
	closed?: string
	/** Language filter: all, Русский (2), English (1); none when there is one language. */
	filter: Link[]
	pages?: Pages
	/** Where a reply can be written; none when closed. */
	form?: ResponseForm
	/** Where pages of others that mention the post are told of; none when it takes no mentions. */
	mentionForm?: {
		action: string
		target: string
		/** The address for trackbacks. */
		trackback: string
		/** For `<link>`, absolute. */
		webmention: string
		pingback: string
	}
}

/** Those who liked or reposted a post on pages of their own. */
export interface Reaction {
	kind: 'like' | 'repost'
	/** «Понравилось 3 читателям» */
	text: string
	/** So few that their names are shown beside their faces. */
	few: boolean
	people: { id: number; name: string; url: string /** As HTML. */; avatar: string }[]
	/** «и ещё 12» */
	more?: string
}

/** A page elsewhere that mentions the post. */
export interface MentionNode {
	/** «Ответ», «Упоминание» */
	label: string
	/** Of the page, when the response doesn't go by it. */
	title?: string
	/** Its address, shown as its host. */
	source?: Link
}

/** `form#respond` */
export interface ResponseForm {
	action: string
	heading: string
	/** Whom the reply is to, and where the form replies to nobody in particular. */
	replyTo?: { id: number; text: string; cancel: string }
	values: { name: string; email: string; url: string; text: string; notify: boolean; remember: boolean }
	/** By field: why it was refused. */
	errors: Partial<Record<'name' | 'email' | 'url' | 'text' | 'parent', string>>
	/** Why the whole was refused. */
	error?: string
	/** Safe HTML above it; may be empty. */
	note: string
	emailRequired: boolean
	limits: { name: number; email: number; url: number; text: number }
	/** Safe HTML of the text, when a preview was asked for. */
	preview?: string
	/** Replies can be told by mail. */
	canNotify: boolean
}

export interface ResponseNode {
	id: number
	/** `comment`, `pingback`, `trackback`, `webmention`. */
	kind: string
	lang: string
	name: string
	/** The writer's site or the mention's source. */
	url?: string
	/** None for what was written here. */
	mention?: MentionNode
	/** A picture to know the writer by: an inline SVG or an image, as HTML. */
	avatar?: string
	/** Written by an author of the blog. */
	byAuthor: boolean
	published: Moment
	permalink: string
	/** Safe HTML. */
	content: string
	/** «в ответ Анне», where the thread is shown flat. */
	replyingTo?: Link
	/** Where a reply to it is written without script: `?reply=ID#respond`; none when closed. */
	reply?: string
	/** Waits for the author; shown to its writer alone. */
	held: boolean
	/** «2 ответа» */
	replies?: string
	children: ResponseNode[]
}

export interface ErrorPage extends Shell {
	status: number
	heading: string
	text: string
	/** Where else to go: the same post in other languages, similar pages, the calendar in the sidebar. */
	offers: Link[]
}

/** A page that asks a reader one thing, or says that it is done. */
export interface QuestionPage extends Shell {
	heading: string
	text: string
	/** `<form method="post">` of a button alone. */
	answer?: { action: string; button: string }
}
