import { connect } from 'node:net'
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
/** Where it stands in the first line. */
const STATUS = 'HTTP/1.1 '.length
/** All connections read into one piece of memory: nothing is kept of what comes. */
const PIECE = Buffer.alloc(256 * 1024)

/**
 * Asks on one connection, again and again, each time when the answer has come whole; reads no more of it than its
 * length. Where the server ends the connection with an answer, the next question goes over another.
 */
function ask(question: Question, outcome: Outcome): void {
	let begun = 0
	let head = ''
	/** Bytes of the answer that have yet to come; NaN: as many as there are chunks. */
	let left = 0
	const next = () => {
		begun = performance.now()
		head = ''
		socket.write(question.request)
	}
	const read = (size: number) => {
		if (!head) {
			const end = PIECE.indexOf(END)
			head = PIECE.toString('latin1', 0, end)
			const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
			left = length === undefined ? Number.NaN : end + END.length + Number(length)
		}
		left -= size
		const isLast = () => PIECE.toString('latin1', size - LAST_CHUNK.length, size) === LAST_CHUNK
		if (left <= 0 || (Number.isNaN(left) && isLast())) finish()
		return true
	}
	const finish = () => {
		if (head.startsWith('200', STATUS)) outcome.answered.push(performance.now() - begun)
		else outcome.failed += 1
		if (!/\r\nconnection: *close/i.test(head)) return next()
		socket.destroy()
		ask(question, outcome)
	}
	const { host, port } = question
	const socket = connect({ host, port, noDelay: true, onread: { buffer: PIECE, callback: read } })
	socket.on('connect', next)
	socket.on('error', () => {
		outcome.failed += 1
	})
}

function run(question: Question): void {
	const outcome: Outcome = { took: 0, answered: [], failed: 0 }
	const begun = performance.now()
	for (let n = 0; n < question.connections; n++) ask(question, outcome)
	setTimeout(() => {
		outcome.took = performance.now() - begun
		parentPort?.postMessage(outcome)
	}, question.milliseconds)
}

run(workerData as Question)
