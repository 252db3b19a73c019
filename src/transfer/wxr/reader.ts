import { createReadStream } from 'node:fs'
import { RecordBuilder } from './builder.ts'
import type { Problems } from './problems.ts'
import { Repairer } from './repair.ts'
import type { WxrEvent } from './types.ts'

const CHUNK = 32 * 1024

/** How to read an export. */
export interface ReadOptions {
	/** A label for TextDecoder, as `detectEncoding` gives it. */
	encoding: string
	problems: Problems
	/** Hears how many bytes have been read. */
	onBytes?: (bytes: number) => void
}

/** The file is not a WordPress export at all. */
export class NotWxrError extends Error {
	override name = 'NotWxrError'
}

/**
 * Reads a WordPress export (WXR 1.0–1.2) as a stream: memory doesn't grow with the file.
 * @throws NotWxrError when there is no channel in it.
 */
export async function* readWxr(file: string, { encoding, problems, onBytes }: ReadOptions): AsyncGenerator<WxrEvent> {
	const decoder = new TextDecoder(encoding)
	const repairer = new Repairer(problems)
	const builder = new RecordBuilder(problems)
	for await (const bytes of createReadStream(file, { highWaterMark: CHUNK })) {
		builder.parser.write(repairer.push(decoder.decode(bytes as Buffer, { stream: true })))
		onBytes?.(bytes.length)
		yield* taken(builder)
	}
	builder.parser.write(repairer.push(decoder.decode()) + repairer.end())
	if (!builder.isWxr) throw new NotWxrError(`${file} is not a WordPress export (WXR)`)
	builder.sendChannel()
	yield* taken(builder)
	if (!builder.isWhole) yield { type: 'truncated', line: builder.parser.line, item: builder.openItem() }
}

function taken(builder: RecordBuilder): WxrEvent[] {
	const { events } = builder
	builder.events = []
	return events
}
