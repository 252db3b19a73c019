import type { AdminShell, Choice } from './admin-model.ts'
import type { Link, Moment } from './model.ts'

/** Where imports begin. */
export interface ImportPage extends AdminShell {
	action: string
	choices: Choice[]
	error?: string
	runs: { href: string; name: string; when: Moment; state: string; status: string }[]
}

/** An import that runs, or what came of it. */
export interface ImportRunPage extends AdminShell {
	name: string
	when: Moment
	/** Seconds after which the page is asked for anew without script. */
	refresh?: number
	progress?: { percent: string; text: string; events: string }
	/** Why it failed. */
	error?: string
	report?: ImportReportModel
	/** Buttons that run it again with the same file. */
	again: { action: string; button: string; hint: string }[]
	all: Link
}

/** The report of the command, with numbers as a table. */
export interface ImportReportModel {
	summary: string
	counts: { kind: string; found: string; taken: string; already: string; notTaken: string }[]
	redirects?: string
	isWhole: boolean
	/** As the command prints it, in English. */
	text: string
}
