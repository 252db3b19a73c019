import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
	GetObjectCommand,
	HeadObjectCommand,
	ListObjectsV2Command,
	S3Client,
	type S3ServiceException,
} from '@aws-sdk/client-s3'
import { S3Driver } from 'flydrive/drivers/s3'
import { lookup } from 'mime-types'
import { Missing, type Storage, StorageDown } from './storage.ts'

/** Milliseconds until a server counts as gone: to connect, and between two signs of life. */
const CONNECTING = 3_000
const SILENCE = 5_000
const YEAR = 365 * 24 * 60 * 60

/** Keeps files in a bucket of a server that speaks S3: `s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX][?region=…&tls=off]`. */
export function openBucket(storageUrl: string): Storage {
	const { client, bucket, prefix } = connect(storageUrl)
	const drive = new S3Driver({ client, bucket, visibility: 'private', supportsACL: false })
	return {
		async put(key, content) {
			if (Buffer.isBuffer(content)) return answered(drive.put(prefix + key, content))
			const { size: contentLength } = await stat(content.file)
			await answered(drive.putStream(prefix + key, createReadStream(content.file), { contentLength }))
		},
		read: (key) => unlessMissing(drive.getBytes(prefix + key).then((bytes) => Buffer.from(bytes))),
		stat: (key) =>
			unlessMissing(
				drive
					.getMetaData(prefix + key)
					.then(({ contentLength, lastModified }) => ({ bytes: contentLength, storedAt: lastModified.getTime() })),
			),
		remove: (key) => answered(drive.delete(prefix + key)),
		list: (folder) => answered(listAll(drive, prefix, folder)),
		keys: () => keysIn({ client, bucket, prefix }),
		send: (req, res, key, headers) => sendObject({ client, bucket, prefix }, { req, res, key, headers }),
	}
}

interface Place {
	client: S3Client
	bucket: string
	/** '' or ending with a slash. */
	prefix: string
}

function connect(storageUrl: string): Place {
	const { host, pathname, username, password, searchParams } = new URL(storageUrl)
	const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '')
	const client = new S3Client({
		endpoint: `${searchParams.get('tls') === 'off' ? 'http' : 'https'}://${host}`,
		region: searchParams.get('region') ?? 'us-east-1',
		credentials: { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) },
		// Servers other than Amazon's know no bucket by its host name, and not all its newer checksums.
		forcePathStyle: true,
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
		maxAttempts: 2,
		// What fails is thrown, and told in our own log.
		logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
		requestHandler: { connectionTimeout: CONNECTING, socketTimeout: SILENCE },
	})
	return { client, bucket, prefix: folders.map((folder) => `${folder}/`).join('') }
}

async function listAll(drive: S3Driver, prefix: string, folder: string): Promise<string[]> {
	const keys: string[] = []
	let paginationToken: string | undefined
	do {
		const found = await drive.listAll(prefix + folder, { paginationToken })
		for (const object of found.objects) if ('key' in object) keys.push(object.key.slice(prefix.length))
		paginationToken = found.paginationToken
	} while (paginationToken)
	return keys
}

/** Not the driver's listing, which throws at a key that isn't made of plain words. */
async function* keysIn({ client, bucket, prefix }: Place): AsyncGenerator<string> {
	let ContinuationToken: string | undefined
	do {
		const asked = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken })
		const { Contents = [], NextContinuationToken } = await answered(client.send(asked))
		for (const { Key } of Contents) if (Key && !Key.endsWith('/')) yield Key.slice(prefix.length)
		ContinuationToken = NextContinuationToken
	} while (ContinuationToken)
}

interface Asked {
	req: IncomingMessage
	res: ServerResponse
	key: string
	headers: Record<string, string>
}

async function sendObject(place: Place, { req, res, key, headers }: Asked): Promise<void> {
	// What is under a key never changes, so the key is as good a tag as the content.
	const tag = `"${createHash('sha256').update(key).digest('base64url').slice(0, 27)}"`
	const isKnown = (req.headers['if-none-match'] ?? '').includes(tag)
	const gone = new AbortController()
	res.on('close', () => gone.abort())
	const found = await ask(
		place,
		key,
		{ range: rangeOf(req, tag), isHead: req.method === 'HEAD' || isKnown },
		gone.signal,
	)
	const { Body, ContentLength, ContentRange, LastModified } = found
	res.statusCode = isKnown ? 304 : found.status
	for (const [name, value] of Object.entries({
		'Accept-Ranges': 'bytes',
		'Cache-Control': `public, max-age=${YEAR}, immutable`,
		'Last-Modified': LastModified?.toUTCString(),
		ETag: tag,
		...(!isKnown && {
			'Content-Type': typeOf(key),
			'Content-Length': ContentLength,
			'Content-Range': ContentRange,
		}),
		...headers,
	})) {
		if (value !== undefined) res.setHeader(name, value)
	}
	if (!Body) return void res.end()
	// One who goes away, or a server that does, ends it; the headers are out by now.
	await pipeline(Body as Readable, res).catch(() => res.destroy())
}

/** A single range from a place on, which every server knows; If-Range of another version means the whole. */
function rangeOf({ headers }: IncomingMessage, tag: string): string | undefined {
	const { range = '', 'if-range': condition } = headers
	return /^bytes=\d+-\d*$/.test(range) && (condition ?? tag) === tag ? range : undefined
}

async function ask(
	{ client, bucket, prefix }: Place,
	key: string,
	{ range, isHead }: { range?: string; isHead: boolean },
	abortSignal: AbortSignal,
) {
	const object = { Bucket: bucket, Key: prefix + key }
	try {
		if (isHead) return { Body: undefined, ContentRange: undefined, status: 200, ...(await head()) }
		const found = await client.send(new GetObjectCommand({ ...object, Range: range }), { abortSignal })
		return { ...found, status: found.ContentRange ? 206 : 200 }
	} catch (error) {
		const status = statusOf(error)
		if (status === 404) throw new Missing(key)
		if (status !== 416) throw new StorageDown(error)
		const { ContentLength: all } = await answered(head())
		return { Body: undefined, ContentLength: 0, ContentRange: `bytes */${all}`, LastModified: undefined, status }
	}

	async function head() {
		const { ContentLength, LastModified } = await client.send(new HeadObjectCommand(object), { abortSignal })
		return { ContentLength, LastModified }
	}
}

/** As a disk serves the same file. */
function typeOf(key: string): string {
	const type = lookup(key) || 'application/octet-stream'
	return type.startsWith('text/') ? `${type}; charset=utf-8` : type
}

function statusOf(error: unknown): number | undefined {
	return (error as S3ServiceException).$metadata?.httpStatusCode
}

function answered<T>(asked: Promise<T>): Promise<T> {
	return asked.catch((cause) => {
		throw new StorageDown(cause)
	})
}

function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
	return answered(
		asked.catch((error) => {
			if (statusOf(error) === 404) return undefined
			throw error
		}),
	)
}
