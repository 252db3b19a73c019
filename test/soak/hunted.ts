import { setTimeout as pause } from 'node:timers/promises'
import { type ServerProcess, serveBlog } from '../faults/server-process.ts'
import { type Answer, type Question, send } from '../support/http.ts'

const BREATH = 50
/** Who is told to come again later comes after at most so many milliseconds. */
const PATIENCE = 5_000

/** What was answered so far. */
export interface Tally {
	/** Answers by status. */
	statuses: Record<string, number>
	/** Requests that a kill cut off, or that found nobody there. */
	cut: number
	/** Statuses above 499 that announced nothing, with what was asked and what the log says. */
	faults: string[]
	/** Milliseconds of each answer. */
	times: number[]
	/** Milliseconds of each start until it listened. */
	starts: number[]
	kills: number
}

/** A blog that may be killed at any moment, and is there again soon. */
export interface Hunted {
	tally: Tally
	/** One request. @throws Error when it is cut off */
	ask(path: string, question?: Question): Promise<Answer>
	/** The same request until it is answered, as people do. */
	insist(path: string, question?: Question): Promise<Answer>
	/** Ends the process as a power cut does, and starts another. */
	kill(): Promise<void>
	/** Bytes in memory now. */
	memory(): number
	stop(): Promise<void>
}

/** Starts a blog as `otklik serve` does. */
export async function startHunted(env: Record<string, string>): Promise<Hunted> {
	const tally: Tally = { statuses: {}, cut: 0, faults: [], times: [], starts: [], kills: 0 }
	let server: ServerProcess
	const start = async () => {
		const begun = performance.now()
		server = await serveBlog(env)
		tally.starts.push(performance.now() - begun)
	}
	await start()
	const ask = async (path: string, question: Question = {}) => {
		const begun = performance.now()
		const answer = await send(Number(env.PORT), path, question).catch((error) => {
			tally.cut++
			throw error
		})
		tally.times.push(performance.now() - begun)
		tally.statuses[answer.status] = (tally.statuses[answer.status] ?? 0) + 1
		const isAnnounced = answer.status === 503 && answer.headers['retry-after'] !== undefined
		if (answer.status >= 500 && !isAnnounced) {
			tally.faults.push(`${answer.status} ${question.method ?? 'GET'} ${path} ${server.log().slice(-1500)}`)
		}
		return answer
	}
	return {
		tally,
		ask,
		async insist(path, question) {
			for (;;) {
				const answer = await ask(path, question).catch(() => undefined)
				if (answer && answer.status < 500 && answer.status !== 429) return answer
				await pause(Math.min(Number(answer?.headers['retry-after'] ?? 0) * 1000, PATIENCE) || BREATH)
			}
		},
		async kill() {
			await server.kill()
			tally.kills++
			await start()
		},
		memory: () => server.memory(),
		async stop() {
			server.signal('SIGTERM')
			await server.ended
		},
	}
}
