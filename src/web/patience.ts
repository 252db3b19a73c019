import type { IncomingMessage } from 'node:http'

/** Milliseconds for a whole body. */
const PATIENCE = 30_000
/** Bytes that come in each such time when the body may take longer. */
const LEAST = 256 * 1024

const uploads = new WeakSet<IncomingMessage>()

/** Calls `tooSlow` when the body of a request hasn't come within 30 seconds, or an upload too slowly. */
export function limitBody(request: IncomingMessage, tooSlow: () => void, patience = PATIENCE): void {
	const { headers, socket } = request
	if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return
	let before = socket.bytesRead
	const timer = setInterval(() => {
		const read = socket.bytesRead
		if (request.complete || socket.destroyed) clearInterval(timer)
		else if (uploads.has(request) && read - before >= LEAST) before = read
		else {
			clearInterval(timer)
			tooSlow()
		}
	}, patience).unref()
	request.once('end', () => clearInterval(timer))
	request.once('close', () => clearInterval(timer))
}

/** Lets the body of a request, known to come from an author, take its time, as long as it keeps coming. */
export function allowUpload(request: IncomingMessage): void {
	uploads.add(request)
}
