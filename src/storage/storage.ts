import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Time } from '../db/schema.ts'
import { HttpError } from '../errors.ts'

/**
 * Where uploads and what is made from them are kept: a folder or a bucket (STORAGE_URL). Keys are paths such as
 * `2010/11/photo-1a2b3c4d.jpg`. Every method may throw StorageDown.
 */
export interface Storage {
	/** Stores bytes or a file of this machine under a key, whole or not at all. */
	put(key: string, content: Buffer | { file: string }): Promise<void>
	/** The bytes under a key; nothing when there are none. */
	read(key: string): Promise<Buffer | undefined>
	/** Size in bytes and the moment of storing; nothing when there is no such key. */
	stat(key: string): Promise<{ bytes: number; storedAt: Time } | undefined>
	remove(key: string): Promise<void>
	/** The keys in a folder, one level deep; they must be plain words. */
	list(folder: string): Promise<string[]>
	/** All keys, some at a time. */
	keys(): AsyncGenerator<string>
	/**
	 * Answers a GET or HEAD with what is under a key, in parts by Range, and with `headers`.
	 * @throws Missing before anything is sent
	 */
	send(req: IncomingMessage, res: ServerResponse, key: string, headers: Record<string, string>): Promise<void>
}

/** There is nothing under a key. */
export class Missing extends Error {
	override name = 'Missing'
}

/** The storage gives no answer: 503, come again. */
export class StorageDown extends HttpError {
	override name = 'StorageDown'
	constructor(cause: unknown) {
		super(503, { 'Retry-After': '30' })
		this.message = 'the storage gives no answer'
		this.cause = cause
	}
}
