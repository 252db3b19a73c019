import { detached } from './detached.ts'
import type { Problem } from './problems.ts'
import { type Said, said } from './said.ts'

/** How many of a kind were in the file, and what became of them. */
export interface KindCount {
	/** A key of `importer.kinds`, with a name of WordPress after a colon where it takes one: `itemsOf:job`. */
	kind: string
	found: number
	taken: number
	already: number
	notTaken: number
}

/** Something of the file that was not taken, and why. */
export interface NotTaken {
	kind: string
	name: Said
	reason: Said
}

/** What an import did. */
export interface ImportReport {
	file: string
	site: string
	dryRun: boolean
	counts: KindCount[]
	notTaken: NotTaken[]
	/** What was taken otherwise than it was written: a changed slug, a status, a shortcode that stays text. */
	notes: Said[]
	problems: Problem[]
	redirects: number
	/** 0: all was taken or named; 1: something was lost or the file is damaged. */
	exitCode: 0 | 1
}

/** Counts what comes and what becomes of it. */
export class Tally {
	readonly notTaken: NotTaken[] = []
	readonly #counts = new Map<string, KindCount>()
	readonly #notes = new Map<string, { what: Said; names: Said[] }>()

	found(kind: string): void {
		this.#of(kind).found++
	}

	taken(kind: string): void {
		this.#of(kind).taken++
	}

	already(kind: string): void {
		this.#of(kind).already++
	}

	left(kind: string, name: Said, reason: Said): void {
		this.#of(kind).notTaken++
		this.notTaken.push(detached({ kind, name, reason }))
	}

	/** Notes what happened to `name`; the same that happened to many is one note. */
	note(what: Said, name: Said): void {
		const key = JSON.stringify(what)
		const note = this.#notes.get(key) ?? detached({ what, names: [] })
		note.names.push(detached(name))
		this.#notes.set(key, note)
	}

	counts(): KindCount[] {
		return [...this.#counts.values()]
	}

	notes(): Said[] {
		return [...this.#notes.values()].map(({ what, names }) => said('importer.name.of', { what, names }))
	}

	/** Whether everything that was found is accounted for. */
	isComplete(): boolean {
		return this.counts().every(({ found, taken, already, notTaken }) => found === taken + already + notTaken)
	}

	#of(kind: string): KindCount {
		const count = this.#counts.get(kind) ?? { kind, found: 0, taken: 0, already: 0, notTaken: 0 }
		this.#counts.set(kind, count)
		return count
	}
}
