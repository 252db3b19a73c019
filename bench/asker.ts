import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** What one who asks is told, and what it tells in the end. */
export interface Question {
	host: string
	port: number
	/** Whole, with its head's last line. */
	request: string
	connections: number
	milliseconds: number
}

export interface Outcome {
	/** Milliseconds from the first request to the end. */
	took: number
	/** Answers with 200, and how long each took in milliseconds. */
	answered: number[]
	/** Other answers, and connections that broke. */
	failed: number
}

const END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'
/** All connections read into one piece of memory: nothing is kept of what comes. */
const PIECE = Buffer.alloc(256 * 1024)

/** Asks on one connection, again and again, each time when the answer has come whole; reads no more of it than its length. */
function ask({ host, port, request }: Question, told: (status: number, ms: number) => void): Socket {
	let begun = 0
	let status = 0
	/** Bytes of the answer that have yet to come; below zero: its head, NaN: as many as there are chunks. */
	let left = -1
	const next = () => {
		begun = performance.now()
		left = -1
		socket.write(request)
	}
	const read = (size: number) => {
		if (left < 0) {
			const end = PIECE.indexOf(END)
			const head = PIECE.toString('latin1', 0, end)
			status = Number(head.slice(9, 12))
			const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
			left = length === undefined ? Number.NaN : end + END.length + Number(length)
		}
		left -= size
		const isLast = () => PIECE.toString('latin1', size - LAST_CHUNK.length, size) === LAST_CHUNK
		if (left <= 0 || (Number.isNaN(left) && isLast())) {
			told(status, performance.now() - begun)
			next()
		}
		return true
	}
	const socket = connect({ host, port, noDelay: true, onread: { buffer: PIECE, callback: read } })
	return socket.on('connect', next)
}

function run(question: Question): void {
	const outcome: Outcome = { took: 0, answered: [], failed: 0 }
	const begun = performance.now()
	const sockets = Array.from({ length: question.connections }, () => {
		const socket = ask(question, (status, ms) => {
			if (status === 200) outcome.answered.push(ms)
			else outcome.failed += 1
		})
		return socket.on('error', () => {
			outcome.failed += 1
		})
	})
	setTimeout(() => {
		outcome.took = performance.now() - begun
		for (const socket of sockets) socket.destroy()
		parentPort?.postMessage(outcome)
	}, question.milliseconds)
}

run(workerData as Question)
