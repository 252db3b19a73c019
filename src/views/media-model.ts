import type { AdminShell, Field } from './admin-model.ts'
import type { Link, Moment, Pages } from './model.ts'

/** The templates of uploads. */
export interface MediaTemplates {
	media: MediaPage
	'media-item': MediaItemPage
}

export const MEDIA_TEMPLATES: (keyof MediaTemplates)[] = ['media', 'media-item']

export interface MediaPage extends AdminShell {
	/** Where files are sent. */
	action: string
	accept: string
	/** What may be uploaded, in words. */
	hint: string
	/** For the script: the largest file, and what to say of a larger one. */
	most: { bytes: number; text: string }
	/** Files that were not taken, each with its reason. */
	refused: { name: string; reason: string }[]
	filters: (Link & { current: boolean })[]
	/** The words searched for, and the kind they are searched in. */
	words: string
	within?: string
	files: MediaTile[]
	empty?: string
	pages?: Pages
}

export interface MediaTile {
	href: string
	name: string
	/** A picture to show, or none. */
	picture?: Thumbnail
	/** «Звук», «PDF», «JPEG · 1920 × 1080 · 340 КБ». */
	facts: string
}

export interface Thumbnail {
	src: string
	width: number
	height: number
}

export interface MediaItemPage extends AdminShell {
	action: string
	list: string
	/** The file itself. */
	url: string
	picture?: Thumbnail
	/** What plays it. */
	player?: 'audio' | 'video'
	facts: { name: string; value: string }[]
	uploaded: Moment
	markdown: string
	name: Field
	/** Of a picture: what it shows, a field for every language. */
	alts: { lang: string; label: string; field: Field }[]
	uses: (Link & { lang: string; status: string })[]
	/** Deleting what is shown has to be confirmed. */
	mustConfirm: boolean
}
