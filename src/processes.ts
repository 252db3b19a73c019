import cluster, { type Address, type Worker } from 'node:cluster'
import type { Logger } from 'pino'
import { RateLimiterClusterMaster } from 'rate-limiter-flexible'
import { shareConnections } from './balance.ts'
import type { Config } from './config.ts'
import { openLog } from './log.ts'
import { gatherForAll } from './metrics/gather.ts'

/** What processes say to each other. */
export type Message = 'run jobs' | 'wake' | 'ready' | 'stop'

/** Before another try, when a process can't start. */
const PAUSE = 1_000

/**
 * Runs WEB_CONCURRENCY processes that serve one port, one of them with the jobs. One that dies is replaced; SIGHUP
 * replaces them one after the other, each when its successor serves; SIGTERM and SIGINT stop all, gracefully.
 */
export async function serveByMany(config: Config): Promise<void> {
	const log = openLog(config.logLevel)
	// Dealt out by this process, a connection would hang for ever when the one it goes to has just died.
	cluster.schedulingPolicy = cluster.SCHED_NONE
	// Limits hold for all processes together: who counts in memory counts here.
	new RateLimiterClusterMaster()
	gatherForAll()
	const team = new Team(config.webConcurrency, log)
	process.on('SIGHUP', () => void team.replaceAll())
	process.once('SIGTERM', () => team.stop())
	process.once('SIGINT', () => team.stop())
	const url = await team.start().catch((error) => {
		team.stop()
		throw error
	})
	process.stdout.write(`Listening on ${url}\n`)
}

class Team {
	#isStopping = false
	#runner: Worker | undefined
	#replacing: Promise<void> = Promise.resolve()
	/** Those that serve; who was told to go isn't among them. */
	readonly #serving = new Set<Worker>()
	readonly #size: number
	readonly #log: Logger

	constructor(size: number, log: Logger) {
		this.#size = size
		this.#log = log
		shareConnections(this.#serving)
		cluster.on('message', (_, message: Message) => message === 'wake' && this.#runner?.send('wake'))
	}

	/**
	 * Starts the first process, which makes what a new blog needs, and then the others; gives their address.
	 * @throws Error when one of them ends before it serves
	 */
	async start(): Promise<string> {
		const { address } = await this.#hire()
		await Promise.all(Array.from({ length: this.#size - 1 }, () => this.#hire()))
		return urlOf(address)
	}

	/** Each goes when another one serves in its place: no connection is refused. */
	replaceAll(): Promise<void> {
		this.#replacing = this.#replacing
			.then(() => this.#replaceInTurn())
			.catch((error) => this.#log.error({ err: error }, 'the old processes go on'))
		return this.#replacing
	}

	stop(): void {
		this.#isStopping = true
		for (const worker of this.#serving) this.#dismiss(worker)
	}

	async #replaceInTurn(): Promise<void> {
		for (const worker of [...this.#serving]) {
			if (this.#isStopping) return
			if (!this.#serving.has(worker)) continue
			const successor = await this.#hire()
			// One that has died meanwhile has another successor already.
			this.#dismiss(this.#serving.has(worker) ? worker : successor.worker)
		}
	}

	/** Starts a process; resolves when it serves. @throws Error when it ends before */
	#hire(): Promise<{ worker: Worker; address: Address }> {
		return new Promise((resolve, reject) => {
			const worker = cluster.fork()
			let address: Address
			// What can't be told to one that is dying needn't be; that it has died is heard below.
			worker.on('error', () => {})
			worker.once('listening', (its) => {
				address = its
			})
			worker.on('message', (message: Message) => {
				if (message !== 'ready') return
				this.#serving.add(worker)
				if (this.#isStopping) this.#dismiss(worker)
				this.#appoint()
				resolve({ worker, address })
			})
			worker.once('exit', (code, signal) => {
				reject(new Error('a process ended before it served'))
				if (this.#serving.delete(worker)) this.#replace({ code, signal })
			})
		})
	}

	#replace(death: { code: number; signal: string }): void {
		this.#log.error(death, 'a process has died: another one takes its place')
		this.#appoint()
		const hire = () => {
			if (!this.#isStopping) this.#hire().catch(() => setTimeout(hire, PAUSE))
		}
		hire()
	}

	/** One of them does the jobs. */
	#appoint(): void {
		if (this.#isStopping || (this.#runner && this.#serving.has(this.#runner))) return
		this.#runner = [...this.#serving].find((worker) => worker.isConnected())
		this.#runner?.send('run jobs' satisfies Message)
	}

	#dismiss(worker: Worker): void {
		this.#serving.delete(worker)
		if (worker.isConnected()) worker.send('stop' satisfies Message)
		this.#appoint()
	}
}

function urlOf({ address, port, addressType }: Address): string {
	return `http://${addressType === 6 ? `[${address}]` : address}:${port}`
}
