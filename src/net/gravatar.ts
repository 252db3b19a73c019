import { createHash } from 'node:crypto'
import type { Time } from '../db/schema.ts'
import { foldAddress } from './address.ts'
import { createCircuit } from './circuit.ts'

/** Gravatar, asked by the blog itself: it never hears of a reader. */
export interface Gravatar {
	/**
	 * The picture that somebody has there for an e-mail address, as it came: JPEG, PNG, GIF or WebP by its first bytes;
	 * null when there is none. @throws CircuitOpen, or Error without an answer of use
	 */
	pictureOf(email: string): Promise<Buffer | null>
}

const HOME = 'https://gravatar.com'
const PICTURES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
const MOST_BYTES = 100 * 1024
const DEADLINE = 5_000
const FAILURES = 5
const PAUSE = 60_000

/** Gravatar at its own address or at `url`; `deadline` in milliseconds. */
export function createGravatar(options: { clock: () => Time; url?: string; deadline?: number }): Gravatar {
	const { clock, url = HOME, deadline = DEADLINE } = options
	const circuit = createCircuit({ failures: FAILURES, pause: PAUSE, clock })
	return { pictureOf: (email) => circuit(() => ask(`${url}/avatar/${hashOf(email)}?d=404&s=96`, deadline)) }
}

function hashOf(email: string): string {
	return createHash('sha256').update(foldAddress(email)).digest('hex')
}

async function ask(address: string, deadline: number): Promise<Buffer | null> {
	const signal = AbortSignal.timeout(deadline)
	const answer = await fetch(address, { redirect: 'error', signal, headers: { 'User-Agent': 'Otklik/1.0' } })
	const isThere = answer.status === 200
	const body = isThere ? await readBody(answer) : await answer.body?.cancel()
	if (answer.status === 404) return null
	// Only a blog that asks needs it.
	const { fileTypeFromBuffer } = await import('file-type')
	const type = body && (await fileTypeFromBuffer(body))
	if (!type || !PICTURES.includes(type.mime)) throw new Error(`Gravatar gave no picture: status ${answer.status}`)
	return body
}

async function readBody({ body }: Response): Promise<Buffer> {
	const chunks: Uint8Array[] = []
	let bytes = 0
	for await (const chunk of body ?? []) {
		bytes += chunk.length
		if (bytes > MOST_BYTES) throw new Error('Gravatar gave too much')
		chunks.push(chunk)
	}
	return Buffer.concat(chunks)
}
