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

const END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** Asks on one connection, again and again, each time when the answer has come whole; reads no more of it than its length. */
function ask(socket: Socket, request: string, told: (status: number, ms: number) => void): void {
	let begun = 0
	let status = 0
	/** Bytes of the answer that have yet to come; below zero: its head, NaN: as many as there are chunks. */
	let left = -1
	const next = () => {
		begun = performance.now()
		left = -1
		socket.write(request)
	}
	socket.on('connect', next)
	socket.on('data', (piece: Buffer) => {
		if (left < 0) {
			const end = piece.indexOf(END)
			const head = piece.toString('latin1', 0, end)
			status = Number(head.slice(9, 12))
			const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
			left = length === undefined ? Number.NaN : end + END.length + Number(length)
		}
		left -= piece.length
		if (left > 0 || (Number.isNaN(left) && !piece.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK))) return
		told(status, performance.now() - begun)
		next()
	})
}

function run({ host, port, request, connections, milliseconds }: Question): void {
	const outcome: Outcome = { took: 0, answered: [], failed: 0 }
	const begun = performance.now()
	const sockets = Array.from({ length: connections }, () => {
		const socket = connect(port, host).setNoDelay()
		ask(socket, request, (status, ms) => {
			if (status === 200) outcome.answered.push(ms)
			else outcome.failed += 1
		})
		socket.on('error', () => {
			outcome.failed += 1
		})
		return socket
	})
	setTimeout(() => {
		outcome.took = performance.now() - begun
		for (const socket of sockets) socket.destroy()
		parentPort?.postMessage(outcome)
	}, milliseconds)
}

run(workerData as Question)
