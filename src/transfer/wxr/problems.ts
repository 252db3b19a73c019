import { type Said, said } from './said.ts'

/** Something wrong with the file, and where it was first seen. */
export interface Problem {
	text: Said
	/** The first lines where it was met; empty when it has no place. */
	lines: number[]
	count: number
	/** Something may have been lost: the import ends with exit code 1. */
	damage: boolean
}

const LINES_KEPT = 10
const KINDS_KEPT = 200

/** Gathers problems: the same one on many lines is one entry, however many there are. */
export class Problems {
	readonly #byText = new Map<string, Problem>()

	/** Notes something that could be put right. */
	repaired(text: Said, line?: number): void {
		this.#note(text, line, false)
	}

	/** Notes something that may have cost a part of the text. */
	damaged(text: Said, line?: number): void {
		this.#note(text, line, true)
	}

	/** All of them, as they were met. */
	list(): Problem[] {
		return [...this.#byText.values()]
	}

	#note(text: Said, line: number | undefined, damage: boolean): void {
		const own = JSON.stringify(text)
		const isKept = this.#byText.has(own) || this.#byText.size < KINDS_KEPT
		const key = isKept ? own : ''
		const problem = this.#byText.get(key) ?? {
			text: isKept ? text : said('importer.fault.others'),
			lines: [],
			count: 0,
			damage,
		}
		problem.count++
		problem.damage ||= damage
		if (line !== undefined && problem.lines.length < LINES_KEPT && !problem.lines.includes(line)) {
			problem.lines.push(line)
		}
		this.#byText.set(key, problem)
	}
}
