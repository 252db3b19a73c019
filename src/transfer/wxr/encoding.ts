import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Said, said } from './said.ts'

/** How to decode a file, and what about it is not as declared. */
export interface Encoding {
	/** A label for TextDecoder. */
	label: string
	/** The declaration says something else. */
	surprise?: Said
	/** First lines with bytes that are no characters, and how many such bytes there are. */
	unreadable: { lines: number[]; count: number }
}

const LINES_KEPT = 10
/** A text is UTF-8 when its good characters outnumber the broken ones so many times. */
const MAJORITY = 4

/** Finds the real encoding of an XML file: byte order mark, then the bytes themselves, then the declaration. */
export async function detectEncoding(file: string): Promise<Encoding> {
	const head = await readHead(file)
	const utf16 = utf16Label(head)
	if (utf16) return { label: utf16, unreadable: { lines: [], count: 0 } }
	const declared = /^[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']/
		.exec(head.toString('latin1'))?.[1]
		?.toLowerCase()
	const scan = await scanUtf8(file)
	const isUtf = scan.bad === 0 || scan.good > scan.bad * MAJORITY
	const label = isUtf ? 'utf-8' : singleByteLabel(declared)
	const asDeclared = scan.good + scan.bad === 0 || sameLabel(declared ?? 'utf-8', label)
	return {
		label,
		surprise: asDeclared
			? undefined
			: said('importer.fault.encoding', { declared: declared ?? 'UTF-8', encoding: label }),
		unreadable: isUtf ? { lines: scan.lines, count: scan.bad } : { lines: [], count: 0 },
	}
}

async function readHead(file: string): Promise<Buffer> {
	await using handle = await open(file)
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
	return buffer.subarray(0, bytesRead)
}

function utf16Label(head: Buffer): string | undefined {
	const start = head.subarray(0, 2).toString('hex')
	if (start === 'fffe' || start === '3c00') return 'utf-16le'
	if (start === 'feff' || start === '003c') return 'utf-16be'
}

async function scanUtf8(file: string) {
	const result = { good: 0, bad: 0, lines: [] as number[] }
	let line = 1
	let carry = Buffer.alloc(0)
	for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 })) {
		const joined = carry.length ? Buffer.concat([carry, bytes]) : (bytes as Buffer)
		const end = joined.length - unfinishedBytes(joined)
		// Kept apart from the buffer that the stream uses again.
		carry = Buffer.from(joined.subarray(end))
		const whole = joined.subarray(0, end)
		if (!isAscii(whole)) countCharacters(whole, line, result)
		line += countLines(whole)
	}
	return result
}

function countCharacters(bytes: Buffer, line: number, result: { good: number; bad: number; lines: number[] }): void {
	if (isUtf8(bytes)) {
		result.good++
		return
	}
	for (const [text] of bytes.toString('utf8').matchAll(/[^\p{ASCII}]+|\n/gu)) {
		if (text === '\n') {
			line++
			continue
		}
		const bad = text.split('\uFFFD').length - 1
		result.bad += bad
		result.good += text.length - bad
		if (bad > 0 && result.lines.length < LINES_KEPT && result.lines.at(-1) !== line) result.lines.push(line)
	}
}

/** Bytes at the end that begin a character whose rest is in the next chunk (or was cut off). */
function unfinishedBytes(bytes: Buffer): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back]!
		if (byte < 0x80) return 0
		if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
	}
	return 0
}

function countLines(bytes: Buffer): number {
	let count = 0
	for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++
	return count
}

/** The declared encoding when it is a known one of single bytes, else that of old Russian blogs. */
function singleByteLabel(declared = ''): string {
	try {
		const { encoding } = new TextDecoder(declared)
		return encoding.startsWith('utf') ? 'windows-1251' : encoding
	} catch {
		return 'windows-1251'
	}
}

function sameLabel(declared: string, label: string): boolean {
	try {
		return new TextDecoder(declared).encoding === new TextDecoder(label).encoding
	} catch {
		return false
	}
}
