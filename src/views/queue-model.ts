import type { AdminShell, Choice, Field } from './admin-model.ts'
import type { Link, Moment } from './model.ts'

/** The templates of moderation, and what each is given. */
export interface QueueTemplates {
	responses: QueuePage
	decision: DecisionPage
	writers: WritersPage
}

/** All of them. */
export const QUEUE_TEMPLATES: (keyof QueueTemplates)[] = ['responses', 'decision', 'writers']

/** What was just done, and how to take it back. */
export interface UndoOffer {
	text: string
	token: string
}

export interface QueuePage extends AdminShell {
	action: string
	/** The place in the queue as a query, for forms to come back to. */
	place: string
	undo?: UndoOffer
	states: (Link & { count?: string; current: boolean })[]
	state: string
	search: string
	locales: Choice[]
	kinds: Choice[]
	posts: Choice[]
	/** All of the state, when less is asked for. */
	whole?: string
	/** Who is trusted and who is blocked. */
	writers?: string
	responses: QueuedResponse[]
	bulk: QueueAction[]
	empty?: string
	newer?: string
	older?: string
}

/** One response and what is asked about it, or all that can be done with it. */
export interface DecisionPage extends AdminShell {
	action: string
	place: string
	back: string
	response: QueuedResponse
	/** None when it has been decided so already. */
	button?: QueueAction
}

export interface QueueAction {
	value: string
	text: string
	/** The key that does it. */
	key?: string
}

export interface QueuedResponse {
	id: number
	lang: string
	name: string
	email: string
	/** An address, and what to show of it. */
	url?: Link
	address: string
	kind: string
	/** Of the page that mentions the post. */
	title?: string
	status: string
	state: string
	created: Moment
	/** Safe HTML. */
	content: string
	/** The post it is under, in the author's language or another. */
	post: Link
	/** Where readers see it. */
	permalink?: string
	replyingTo?: string
	reasons: string[]
	actions: QueueAction[]
	/** '' where nothing is selected. */
	selectLabel: string
	/** Others by the same writer, and under the same post. */
	others: Link[]
	reply?: ReplyForm
	edit?: EditForm
	/** Trust and blocks, for those who look after the whole blog. */
	verdicts: QueueAction[]
}

export interface ReplyForm {
	action: string
	buttons: { text: string; approves: boolean }[]
	text: string
	error?: string
}

export interface EditForm {
	action: string
	/** Tells what was seen from what is there now. */
	was: string
	isOpen: boolean
	name: Field
	/** Of comments alone. */
	url?: Field
	/** None of what says nothing. */
	text?: Field
	hint?: string
}

/** Who is trusted and who is blocked. */
export interface WritersPage extends AdminShell {
	action: string
	intro: string
	back: string
	lists: { heading: string; hint: string; empty: string; rules: WriterRule[] }[]
	add: { value: string; error?: string; verdicts: Choice[] }
	/** Where words are settled, for those who may. */
	words?: { href: string; text: string; words: string[] }
}

export interface WriterRule {
	id: number
	label: string
	kind: string
	since: Moment
	author?: string
	remove: string
}
