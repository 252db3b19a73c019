import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { basename } from 'node:path'

/** What the Nu HTML checker says of a file. */
export interface Message {
	type: string
	url: string
	lastLine?: number
	message: string
	extract?: string
}

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar')
/** Messages by the number that each file is named by. */
export function byPage(messages: Message[]): Map<number, string[]> {
	const grouped = Map.groupBy(messages, ({ url }) => Number.parseInt(basename(url), 10))
	const line = ({ lastLine, message, extract }: Message) => `line ${lastLine}: ${message} ${extract ?? ''}`
	return new Map([...grouped].map(([index, found]) => [index, found.map(line)]))
}

/** Runs the Nu HTML checker over files.
 * @throws Error when there is no Java or the checker itself fails
 */
export function runChecker(files: string[]): Promise<Message[]> {
	const options = ['-jar', jar, '--errors-only', '--exit-zero-always', '--format', 'json', ...files]
	return new Promise((resolve, reject) => {
		execFile('java', options, { maxBuffer: 2 ** 27 }, (error, _, report) => {
			if (error) reject(new Error(`The Nu HTML checker needs Java 11 or newer: ${error.message}`))
			else resolve(JSON.parse(report).messages)
		})
	})
}
