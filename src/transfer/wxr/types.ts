/** What a WordPress export says about the blog. */
export interface WxrChannel {
	title: string
	description: string
	link: string
	language: string
	baseSiteUrl: string
	baseBlogUrl: string
}

export interface WxrAuthor {
	id: string
	login: string
	email: string
	name: string
}

/** A category, a tag or a term of another taxonomy. */
export interface WxrTerm {
	id: string
	/** `category`, `post_tag`, `nav_menu`, `language` … */
	taxonomy: string
	slug: string
	name: string
	/** The parent's slug, or ''. */
	parent: string
	description: string
	meta: WxrMeta[]
}

export interface WxrMeta {
	key: string
	value: string
}

/** A term as an item names it. */
export interface WxrItemTerm {
	taxonomy: string
	slug: string
	name: string
}

export interface WxrComment {
	id: string
	author: string
	email: string
	url: string
	ip: string
	date: string
	dateGmt: string
	content: string
	approved: string
	type: string
	parent: string
	userId: string
	meta: WxrMeta[]
}

/** A post of any type, as written in the file; every field may be ''. */
export interface WxrItem {
	line: number
	id: string
	title: string
	link: string
	pubDate: string
	creator: string
	guid: string
	content: string
	excerpt: string
	date: string
	dateGmt: string
	modified: string
	modifiedGmt: string
	commentStatus: string
	pingStatus: string
	name: string
	status: string
	parent: string
	menuOrder: string
	type: string
	password: string
	sticky: boolean
	attachmentUrl: string
	terms: WxrItemTerm[]
	meta: WxrMeta[]
	comments: WxrComment[]
}

/** What the reader gives, in the order of the file. */
export type WxrEvent =
	| { type: 'channel'; channel: WxrChannel }
	| { type: 'author'; author: WxrAuthor }
	| { type: 'term'; term: WxrTerm }
	| { type: 'item'; item: WxrItem }
	/** The file ended before it was whole; `item` is the one it ends in. */
	| { type: 'truncated'; line: number; item?: { line: number; title: string } }
