import cluster from 'node:cluster'
import { createServer } from 'node:net'
import { readConfig } from '../../src/config.ts'
import { type Message, serveByMany } from '../../src/processes.ts'

/** A first process as `otklik serve` has it, over processes that only do what the tests of processes need. */
const SLOW_START = 300

if (cluster.isPrimary) await serveByMany(readConfig({ LOG_LEVEL: 'silent', WEB_CONCURRENCY: '2' }))
else {
	process.on('message', (message: Message) => {
		if (message === 'stop') process.exit()
		// Not the one with the jobs: others keep waking that.
		if (message === 'run jobs') clearInterval(waking)
	})
	const waking = setInterval(() => {
		for (let n = 0; n < 20; n++) process.send!('wake' satisfies Message)
	})
	createServer().listen(0, () => setTimeout(() => process.send!('ready' satisfies Message), SLOW_START))
}
