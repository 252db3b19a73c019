import { detached } from './detached.ts'
import type { Problem } from './problems.ts'

/** How many of a kind were in the file, and what became of them. */
export interface KindCount {
	kind: string
	found: number
	taken: number
	already: number
	notTaken: number
}

/** Something of the file that was not taken, and why. */
export interface NotTaken {
	kind: string
	name: string
	reason: string
}

/** What an import did. */
export interface ImportReport {
	file: string
	site: string
	dryRun: boolean
	counts: KindCount[]
	notTaken: NotTaken[]
	/** What was taken otherwise than it was written: a changed slug, a status, a shortcode that stays text. */
	notes: string[]
	problems: Problem[]
	redirects: number
	/** 0: all was taken or named; 1: something was lost or the file is damaged. */
	exitCode: 0 | 1
}

/** Counts what comes and what becomes of it. */
export class Tally {
	readonly notTaken: NotTaken[] = []
	readonly #counts = new Map<string, KindCount>()
	readonly #notes = new Map<string, string[]>()

	found(kind: string): void {
		this.#of(kind).found++
	}

	taken(kind: string): void {
		this.#of(kind).taken++
	}

	already(kind: string): void {
		this.#of(kind).already++
	}

	left(kind: string, name: string, reason: string): void {
		this.#of(kind).notTaken++
		this.notTaken.push(detached({ kind, name, reason }))
	}

	/** Notes what happened to `name`; the same that happened to many is one note. */
	note(what: string, name: string): void {
		const names = this.#notes.get(what) ?? []
		names.push(detached(name))
		this.#notes.set(detached(what), names)
	}

	counts(): KindCount[] {
		return [...this.#counts.values()]
	}

	notes(): string[] {
		return [...this.#notes].map(([what, names]) => `${what}: ${names.join(', ')}`)
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
