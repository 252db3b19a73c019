import { SingleBar } from 'cli-progress'

/** Shows how far long work has come. */
export interface Progress {
	start(total: number): void
	advance(by: number): void
	stop(): void
}

const LINES = 10

/** A bar on a terminal, a plain line for each tenth elsewhere. */
export function showProgress(stream: NodeJS.WriteStream): Progress {
	return stream.isTTY ? bar(stream) : lines(stream)
}

function bar(stream: NodeJS.WriteStream): Progress {
	const shown = new SingleBar({ format: '{bar} {percentage}% {eta_formatted} left', stream, clearOnComplete: true })
	return {
		start: (total) => shown.start(total, 0),
		advance: (by) => shown.increment(by),
		stop: () => shown.stop(),
	}
}

function lines(stream: NodeJS.WriteStream): Progress {
	let [total, done, told] = [1, 0, 0]
	return {
		start: (all) => {
			total = Math.max(all, 1)
		},
		advance: (by) => {
			done += by
			const part = Math.floor((done / total) * LINES)
			if (part > told) stream.write(`${part * (100 / LINES)}%\n`)
			told = Math.max(told, part)
		},
		stop: () => {},
	}
}
