import { keyOnSite, type OldSite, oldSite } from './addresses.ts'
import { detached } from './detached.ts'
import type { Picture } from './media-html.ts'
import { plainText } from './plain-text.ts'
import { Problems } from './problems.ts'
import { readWxr } from './reader.ts'
import type { WxrAuthor, WxrChannel, WxrItem, WxrTerm } from './types.ts'
import { uploadPlace } from './uploads-path.ts'

/** An attachment, as posts refer to it. */
export interface Attachment extends Picture {
	id: string
	order: number
	/** Path in the uploads folder. */
	path: string | undefined
}

/** What has to be known of a file before its first post can be taken: nothing that grows with its texts. */
export interface Survey {
	channel: WxrChannel
	site: OldSite
	authors: WxrAuthor[]
	terms: WxrTerm[]
	attachments: Map<string, Attachment>
	/** Ids of a post's own attachments. */
	children: Map<string, string[]>
	/** Addresses that some item surely had: no guess may take them. */
	addresses: Set<string>
	/** Beginnings of addresses of uploads. */
	uploadBases: Set<string>
	greatestComment: number
}

/** Reads a file once for what its posts lean on. */
export async function survey(file: string, encoding: string, onBytes?: (bytes: number) => void): Promise<Survey> {
	const found = emptySurvey()
	for await (const event of readWxr(file, { encoding, problems: new Problems(), onBytes })) {
		if (event.type === 'channel') {
			found.channel = detached(event.channel)
			found.site = oldSite(event.channel.baseBlogUrl || event.channel.link || event.channel.baseSiteUrl)
		} else if (event.type === 'author') found.authors.push(detached(event.author))
		else if (event.type === 'term') found.terms.push(detached(event.term))
		else if (event.type === 'item') noteItem(found, event.item)
	}
	for (const ids of found.children.values()) ids.sort((a, b) => orderOf(found, a) - orderOf(found, b))
	return found
}

function emptySurvey(): Survey {
	return {
		channel: { title: '', description: '', link: '', language: '', baseSiteUrl: '', baseBlogUrl: '' },
		site: oldSite(''),
		authors: [],
		terms: [],
		attachments: new Map(),
		children: new Map(),
		addresses: new Set(),
		uploadBases: new Set(),
		greatestComment: 0,
	}
}

function noteItem(found: Survey, item: WxrItem): void {
	const key = keyOnSite(found.site, item.link)
	if (key) found.addresses.add(key)
	if (item.type === 'attachment') noteAttachment(found, item)
	for (const { id } of item.comments) found.greatestComment = Math.max(found.greatestComment, Number(id) || 0)
}

function noteAttachment(found: Survey, item: WxrItem): void {
	const place = uploadPlace(item)
	const url = item.attachmentUrl || item.guid
	if (place?.base) found.uploadBases.add(detached(place.base))
	const attachment = {
		id: item.id,
		order: Number(item.menuOrder) || 0,
		url,
		path: place?.path,
		title: plainText(item.title),
		caption: item.excerpt.trim(),
		alt: item.meta.find(({ key }) => key === '_wp_attachment_image_alt')?.value.trim() ?? '',
		sort: sortOf(url),
	}
	found.attachments.set(item.id, detached(attachment))
	if (item.parent && item.parent !== '0') {
		const siblings = found.children.get(item.parent)
		if (siblings) siblings.push(item.id)
		else found.children.set(item.parent, [item.id])
	}
}

function sortOf(url: string): string {
	const extension = /\.(\w+)(?:[?#].*)?$/.exec(url)?.[1]?.toLowerCase() ?? ''
	if (/^(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$/.test(extension)) return 'image'
	if (/^(?:mp3|ogg|oga|opus|m4a|wav|flac|wma)$/.test(extension)) return 'audio'
	return /^(?:mp4|m4v|webm|ogv|mov|avi|wmv|flv)$/.test(extension) ? 'video' : ''
}

function orderOf({ attachments }: Survey, id: string): number {
	const attachment = attachments.get(id)
	return (attachment?.order ?? 0) * 1e10 + Number(id)
}
