import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createBlog } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { startServer } from '../../src/server.ts'
import { until } from '../mentions/exchange.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'

const test = suite('connections among processes')

test('who has more than its share is told how many to give up, and nobody else is', async () => {
	const first = spawn(process.execPath, [join(import.meta.dirname, 'sharing.ts')], {
		stdio: ['pipe', 'pipe', 'inherit'],
	})
	for await (const line of createInterface(first.stdout)) {
		assert.is(line, '1 gives up 10')
		break
	}
	first.kill()
})

test('connections that are given up end with their next answer, and the others stay', async () => {
	const { db, url, drop } = await databases[0]!.create()
	const config = readConfig({ PORT: '0', DATABASE_URL: url, DATA_DIR: temporaryFolder('data') })
	const running = await startServer(await createBlog({ config, db, log: openLog('silent') }))
	const agent = new Agent({ keepAlive: true })
	const ask = () =>
		new Promise<string | undefined>((resolve, reject) => {
			const asked = request(`${running.url}/healthz`, { agent }, (response) => {
				response.resume().on('end', () => resolve(response.headers.connection))
			})
			asked.on('error', reject).end()
		})
	const askAll = async () => (await Promise.all(Array.from({ length: 5 }, ask))).sort()
	assert.equal(await askAll(), Array(5).fill('keep-alive'))
	assert.is(running.connections, 5)
	running.shed(2)
	assert.equal(await askAll(), ['close', 'close', 'keep-alive', 'keep-alive', 'keep-alive'])
	await until(() => running.connections === 3)
	assert.equal(await askAll(), Array(5).fill('keep-alive'))
	agent.destroy()
	await running.stop()
	await db.destroy()
	await drop()
})

test.run()
