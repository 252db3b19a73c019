import cluster, { type Worker } from 'node:cluster'
import { shareConnections, tellConnections } from '../../src/balance.ts'

/** Two processes of which the first has 20 connections and the second none; each says how many it is to give up. */
if (cluster.isPrimary) {
	const serving = new Set<Worker>([cluster.fork(), cluster.fork()])
	shareConnections(serving)
} else {
	const running = {
		url: '',
		connections: cluster.worker!.id === 1 ? 20 : 0,
		shed(count: number) {
			if (count === 0) return
			running.connections -= count
			process.stdout.write(`${cluster.worker!.id} gives up ${count}\n`)
		},
		stop: async () => {},
	}
	tellConnections(running)
	process.stdin.resume()
	process.once('disconnect', () => process.exit())
}
