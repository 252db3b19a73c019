import type { Reason } from '../../comments/decide.ts'
import { renderComment, renderImportedComment } from '../../markdown/comment.ts'
import { foldAddress } from '../../net/address.ts'
import { momentOf } from './dates.ts'
import { responseKind, responseStatus } from './kinds.ts'
import { type OwnResponse, ownResponse } from './own.ts'
import { plainText } from './plain-text.ts'
import type { PlannedComment } from './plan.ts'
import type { Problems } from './problems.ts'
import type { Tally } from './report.ts'
import { type Said, said } from './said.ts'
import type { WxrComment, WxrItem } from './types.ts'

/** What comments lean on besides their text. */
export interface CommentContext {
	timezone: string
	/** When a comment has no date. */
	fallbackTime: number
	tally: Tally
	problems: Problems
	/** The language of a text under this post. */
	localeOf: (text: string) => string
	/** Our number of a WordPress user. */
	authorOf: (userId: string) => number | null
	/** Keys that an earlier run stored. */
	stored: Map<string, number>
}

/** The key of a comment in `imports`. */
export function commentKey(item: WxrItem, comment: WxrComment): string {
	return `${item.id || item.guid}:${comment.id || `${comment.dateGmt || comment.date} ${comment.author}`}`
}

/** Prepares the comments of an item that are not here yet, each after the one it answers. */
export function planComments(item: WxrItem, context: CommentContext): PlannedComment[] {
	const planned = new Map<string, PlannedComment>()
	for (const comment of item.comments) {
		const plan = planComment(item, comment, context)
		if (plan && !planned.has(plan.key)) planned.set(plan.key, plan)
		else if (plan) context.tally.already(responseKind(comment).name)
	}
	const known = (key: string) => planned.has(key) || context.stored.has(key)
	for (const plan of planned.values()) {
		if (plan.parentKey && !known(plan.parentKey)) {
			context.tally.note(said('importer.change.parent'), said('importer.name.comment', { id: String(plan.number) }))
			plan.parentKey = undefined
		}
	}
	for (const plan of planned.values()) context.tally.taken(`${plan.row.kind}s`)
	return inThreadOrder(planned)
}

/** Counts comments that go with an item that is not taken. */
export function leaveComments(item: WxrItem, tally: Tally, reason: Said): void {
	for (const comment of item.comments) {
		const { name } = responseKind(comment)
		tally.found(name)
		tally.left(name, labelOf(item, comment), reason)
	}
}

function planComment(item: WxrItem, comment: WxrComment, context: CommentContext): PlannedComment | undefined {
	const { tally, stored } = context
	const response = responseKind(comment)
	const key = commentKey(item, comment)
	tally.found(response.name)
	if (response.kind === undefined) tally.left(response.name, labelOf(item, comment), response.reason)
	else if (stored.has(key)) tally.already(response.name)
	else {
		const parent = comment.parent && comment.parent !== '0' ? comment.parent : undefined
		return {
			key,
			number: /^[1-9]\d{0,8}$/.test(comment.id) ? Number(comment.id) : 0,
			parentKey: parent && `${item.id || item.guid}:${parent}`,
			row: rowOf(comment, response.kind, context),
		}
	}
}

function rowOf(comment: WxrComment, kind: PlannedComment['row']['kind'], context: CommentContext) {
	const url = /^https?:\/\/[^\s/]/i.test(comment.url) ? comment.url : ''
	const status = responseStatus(comment)
	const own = ownResponse(comment.meta)
	const reasons: Reason[] = status === 'approved' ? [] : [{ rule: 'imported' }]
	return {
		kind,
		status,
		reasons: JSON.stringify(reasons),
		locale: own?.locale ?? context.localeOf(comment.content),
		name: own?.name ?? (plainText(comment.author) || (kind === 'comment' ? '' : (URL.parse(url)?.hostname ?? ''))),
		email: foldAddress(comment.email),
		url,
		ip: comment.ip,
		...textOf(comment, own),
		author_id: context.authorOf(comment.userId),
		created_at: own?.created_at ?? momentOf(comment.dateGmt, comment.date, context.timezone) ?? context.fallbackTime,
	}
}

/** The text as it was written, if it was written here. */
function textOf({ content }: WxrComment, own: OwnResponse | undefined) {
	if (!own) return { format: 'html' as const, source: content, html: renderImportedComment(content) }
	const { format, source, mention, title } = own
	const author_url = /^https?:\/\//.test(own.author_url) ? own.author_url : ''
	const html = format === 'markdown' ? renderComment(source) : renderImportedComment(content)
	return { format, source, html, mention, title, author_url }
}

/** Parents first, else as in the file; those that answer each other in a circle stand by themselves. */
function inThreadOrder(planned: Map<string, PlannedComment>): PlannedComment[] {
	const ordered = new Set<PlannedComment>()
	for (const plan of planned.values()) {
		const chain = [plan]
		const seen = new Set(chain)
		for (let up = parentOf(plan, planned); up && !ordered.has(up); up = parentOf(up, planned)) {
			if (seen.has(up)) {
				chain.at(-1)!.parentKey = undefined
				break
			}
			seen.add(up)
			chain.push(up)
		}
		for (const one of chain.reverse()) ordered.add(one)
	}
	return [...ordered]
}

function parentOf({ parentKey }: PlannedComment, planned: Map<string, PlannedComment>): PlannedComment | undefined {
	return parentKey === undefined ? undefined : planned.get(parentKey)
}

function labelOf(item: WxrItem, comment: WxrComment): Said {
	const author = comment.author.slice(0, 60) || '?'
	return said('importer.name.response', { id: comment.id || '?', author, post: item.id || '?' })
}
