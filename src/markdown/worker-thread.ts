import { parentPort } from 'node:worker_threads'
import { type PostSource, renderDocument } from './document.ts'

parentPort!.on('message', (source: PostSource) => {
	try {
		parentPort!.postMessage(renderDocument(source))
	} catch {
		parentPort!.postMessage(undefined)
	}
})
