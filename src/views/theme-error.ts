/** A fault in a theme, told as `themes/NAME/FILE:LINE: what is wrong`. */
export class ThemeError extends Error {
	override name = 'ThemeError'
	readonly file: string
	readonly line: number | undefined
	constructor(file: string, line: number | undefined, reason: string) {
		super(`${file}${line === undefined ? '' : `:${line}`}: ${reason}`)
		this.file = file
		this.line = line
	}
}

/** The line (from 1) of a position in a text. */
export function lineAt(text: string, position: number): number {
	return text.slice(0, position).split('\n').length
}
