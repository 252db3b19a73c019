/** The few words that the text engine itself puts into a text, in the language of the text. */
export interface RenderStrings {
	/** Name of the list of footnotes: «Примечания». */
	footnotes: string
	/** The link from a note back to the text; {0} is the number of the note. */
	footnoteBack: string
	/** The link of a video card; {0} is the service: «Смотреть видео: {0}». */
	video: string
	/** Name of a table that scrolls sideways. */
	table: string
	/** Name of a linked picture that has no description. */
	image: string
	/** State of an item in a list of tasks. */
	taskDone: string
	taskOpen: string
}

/** Puts a value into a string with {0}. */
export function fill(pattern: string, value: string): string {
	return pattern.replace('{0}', () => value)
}
