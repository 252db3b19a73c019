import { createRequire } from 'node:module'
import { temporaryFolder } from './folders.ts'

/** The little of s3rver that is used here; it has no types. */
interface S3rver {
	run(): Promise<{ address: string; port: number }>
	close(): Promise<void>
}
type Options = {
	port: number
	address: string
	silent: boolean
	directory: string
	allowMismatchedSignatures: boolean
	configureBuckets: { name: string }[]
}

const S3rver: new (options: Options) => S3rver = createRequire(import.meta.url)('@20minutes/s3rver')

/** A server that speaks S3, with a bucket of its own. */
export async function startS3(): Promise<{ url: string; folder: string; close(): Promise<void> }> {
	const folder = temporaryFolder('s3')
	const server = new S3rver({
		port: 0,
		address: '127.0.0.1',
		silent: true,
		directory: folder,
		// It reckons those of listings wrongly.
		allowMismatchedSignatures: true,
		configureBuckets: [{ name: 'blog' }],
	})
	const { port } = await server.run()
	return { url: `s3://S3RVER:S3RVER@127.0.0.1:${port}/blog/my/files?tls=off`, folder, close: () => server.close() }
}
