import type { AdminShell } from './admin-model.ts'
import type { Link, Moment } from './model.ts'

/** What there is, what waits, who reads. */
export interface OverviewPage extends AdminShell {
	newPost: string
	counts: { href: string; count: string; text: string; isWaiting: boolean }[]
	/** What to begin with; for those who have only just come. */
	steps?: (Link & { hint: string })[]
	/** Texts to go on with: scheduled, out of date, drafts; those that are empty are left out. */
	lists: { id: string; heading: string; texts: OverviewText[]; more?: Link }[]
	/** Jobs that failed for good; for owners. */
	failed?: { heading: string; action: string; jobs: FailedJob[] }
	/** For those who look after the whole blog. */
	readers?: Readers
}

export interface OverviewText {
	href: string
	title: string
	lang: string
	language: string
	when?: Moment
}

export interface FailedJob {
	id: string
	name: string
	error: string
	when: Moment
	/** «Повторить: …» */
	label: string
}

/** Readers without tracking: numbers alone. */
export interface Readers {
	/** What the drawing shows, for those who don't see it. */
	summary: string
	numbers: { count: string; text: string }[]
	chart: Chart
	popular: (Link & { count: string })[]
	referrers: { host: string; count: string }[]
}

/** Bars in an SVG; every number is one of its units. */
export interface Chart {
	viewBox: string
	bars: { x: number; y: number; width: number; height: number; label: string; count: string }[]
	/** The height of the drawing, as a number of readers. */
	most: string
	first: string
	last: string
}
