import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { extensionOf } from './kinds.ts'
import { UploadRefused } from './refused.ts'

const HEAD = 64 * 1024
const MARKUP = /^(?:\ufeff)?\s*<(?:!doctype\s+html|html|head|body|script|iframe|\?php)\b/i
const SVG = /<(?:[\w-]+:)?svg[\s>]/

/** The same content under several names. */
const SAME: Record<string, string> = {
	'image/apng': 'image/png',
	'video/matroska': 'video/webm',
	'audio/mp4': 'audio/x-m4a',
	'audio/wave': 'audio/wav',
	'audio/vnd.wave': 'audio/wav',
	'audio/x-flac': 'audio/flac',
	'application/ogg': 'audio/ogg',
}

/**
 * The type of a file by its content, whatever its name says.
 * @throws UploadRefused when it is none that may be uploaded
 */
export async function inspect(file: string): Promise<string> {
	const told = await fileTypeFromFile(file).catch(() => undefined)
	const [plain = ''] = told?.mime.split(';') ?? []
	const mime = SAME[plain] ?? plain
	if (extensionOf(mime)) return mime
	if (/^image\/hei[cf]/.test(mime)) throw new UploadRefused('heic')
	const head = await headOf(file)
	if (head === '') throw new UploadRefused('empty')
	if (MARKUP.test(head)) throw new UploadRefused('active')
	if ((mime === '' || mime === 'application/xml') && SVG.test(head)) return 'image/svg+xml'
	throw new UploadRefused('type')
}

async function headOf(file: string): Promise<string> {
	const handle = await open(file)
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
		return buffer.toString('utf8', 0, bytesRead)
	} finally {
		await handle.close()
	}
}
