import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, opendir, rename } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join, relative, sep } from 'node:path'
import { FSDriver } from 'flydrive/drivers/fs'
import send from 'send'
import { Missing, type Storage, StorageDown } from './storage.ts'

/** Keeps files in a folder. */
export function openDisk(root: string): Storage {
	const disk = new FSDriver({ location: root, visibility: 'private' })
	return {
		async put(key, content) {
			const temporary = `.${randomUUID()}.part`
			await mkdir(dirname(join(root, key)), { recursive: true })
			try {
				if (Buffer.isBuffer(content)) await disk.put(temporary, content)
				// The driver's own would leave a file behind when the source can't be read.
				else await copyFile(content.file, join(root, temporary))
				// Not the driver's own move, which copies: a reader could meet half a file.
				await rename(join(root, temporary), join(root, key))
			} finally {
				await disk.delete(temporary)
			}
		},
		read: (key) =>
			disk.getBytes(key).then((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), nothingThere),
		stat: (key) =>
			disk
				.getMetaData(key)
				.then(({ contentLength, lastModified }) => ({ bytes: contentLength, storedAt: lastModified.getTime() }))
				.catch(nothingThere),
		remove: (key) => disk.delete(key),
		async list(folder) {
			const { objects } = await disk.listAll(folder)
			return [...objects].flatMap((object) => ('key' in object ? [object.key] : []))
		},
		keys: () => keysIn(root),
		send: (req, res, key, headers) => sendFile(root, { req, res, key, headers }),
	}
}

async function* keysIn(root: string): AsyncGenerator<string> {
	try {
		for await (const entry of await opendir(root, { recursive: true })) {
			// What is still being written begins with a dot.
			if (entry.isFile() && !entry.name.startsWith('.')) yield keyOf(root, join(entry.parentPath, entry.name))
		}
	} catch (error) {
		nothingThere(error)
	}
}

function keyOf(root: string, file: string): string {
	return relative(root, file).split(sep).join('/')
}

function nothingThere(error: unknown): undefined {
	if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
	throw new StorageDown(error)
}

interface Asked {
	req: IncomingMessage
	res: ServerResponse
	key: string
	headers: Record<string, string>
}

function sendFile(root: string, { req, res, key, headers }: Asked): Promise<void> {
	const path = `/${key.split('/').map(encodeURIComponent).join('/')}`
	const stream = send(req, path, { root, index: false, dotfiles: 'ignore', immutable: true, maxAge: '1y' })
	return new Promise((resolve, reject) => {
		stream.on('error', ({ status }: { status: number }) => {
			if (status !== 412 && status !== 416) return reject(new Missing(key))
			refuse(res, status)
			resolve()
		})
		stream.on('directory', () => reject(new Missing(key)))
		stream.on('headers', () => {
			for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
		})
		res.on('close', resolve)
		stream.pipe(res)
	})
}

/** A condition or a range that the file doesn't meet: that is no page's business. */
function refuse(res: ServerResponse, status: 412 | 416): void {
	res.statusCode = status
	res.setHeader('Cache-Control', 'no-store')
	res.removeHeader('Content-Type')
	res.end()
}
