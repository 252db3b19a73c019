import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import type { Desk } from '../admin/desk.ts'
import type { TestBlog } from '../support/app.ts'
import type { Answer } from '../support/http.ts'

export interface SentFile {
	name: string
	content: Buffer | string
	type?: string
}

const BOUNDARY = 'otklik-boundary'
const CRLF = '\r\n'

/** A `multipart/form-data` body of files, each in the field `file`. */
export function multipart(files: SentFile[]): Buffer {
	const parts = files.flatMap(({ name, content, type = 'application/octet-stream' }) => [
		Buffer.from(`--${BOUNDARY}${CRLF}Content-Disposition: form-data; name="file"; filename="${name}"${CRLF}`),
		Buffer.from(`Content-Type: ${type}${CRLF}${CRLF}`),
		Buffer.from(content),
		Buffer.from(CRLF),
	])
	return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--${CRLF}`)])
}

export const MULTIPART = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` }

/** Uploads as a browser without script does. */
export function upload(blog: TestBlog<unknown>, { cookie }: Desk, files: SentFile[], headers = {}): Promise<Answer> {
	return blog.get('/admin/media/', {
		method: 'POST',
		body: multipart(files),
		headers: { Cookie: cookie, ...MULTIPART, ...headers },
	})
}

export interface Told {
	id: number
	url: string
	markdown: string
	name: string
	mime: string
	width: number | null
	height: number | null
	error?: string
}

/** Uploads as a program does: what was told of each file. */
export async function uploadJson(blog: TestBlog<unknown>, desk: Desk, files: SentFile[]): Promise<Told[]> {
	return JSON.parse((await upload(blog, desk, files, { Accept: 'application/json' })).text)
}

/** A picture of this size. */
export function photo(width: number, height: number): Sharp {
	const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
	return sharp({ create: { width, height, channels: 3, background: '#468', noise } })
}

/** Everything in the data folder but the database: its files, with their folders. */
export function filesIn(folder: string): string[] {
	if (!existsSync(folder)) return []
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && !entry.name.startsWith('otklik.db'))
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort()
}
