import { parentPort } from 'node:worker_threads'
import { type Question, read, readMicroformats } from './read.ts'

parentPort!.on('message', ({ step, question }: { step: 'page' | 'entry'; question: Question }) => {
	try {
		parentPort!.postMessage(step === 'page' ? read(question) : readMicroformats(question))
	} catch {
		parentPort!.postMessage(undefined)
	}
})
