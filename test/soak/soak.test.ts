import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until } from '../mentions/exchange.ts'
import { startSource } from '../mentions/source-server.ts'
import { databases } from '../support/databases.ts'
import { temporaryFolder } from '../support/folders.ts'
import { publish } from './author.ts'
import { upTo } from './chance.ts'
import { startHunted } from './hunted.ts'
import { openLedger } from './ledger.ts'
import { envOf, fill, type Place } from './place.ts'
import { compare, judge } from './verdict.ts'
import { comment, ping } from './writers.ts'

const KILLS = 10
/** It is killed after at most so many answers. */
const ANSWERS = 8
const DEADLINE = 120_000

for (const database of databases) {
	const test = suite(`a small soak on ${database.name}`)

	test(`killed ${KILLS} times among comments, mentions, publishing and uploads, all that was acknowledged is there once`, async () => {
		const { db, url, drop } = await database.create()
		await fill(db, { posts: 10, comments: 10 })
		const source = await startSource()
		const folder = temporaryFolder('soak')
		const place: Place = { folder, env: await envOf(url, folder, source), close() {} }
		const blog = await startHunted(place.env)
		const ledger = openLedger()
		let over = false
		const isOver = () => over
		const traffic = Promise.all([
			comment(blog, ledger, isOver),
			publish(blog, ledger, isOver),
			ping(blog, { ledger, source, site: place.env.SITE_URL! }, isOver),
		])
		while (blog.tally.kills < KILLS) {
			const enough = blog.tally.times.length + 1 + upTo(ANSWERS)
			await until(() => blog.tally.times.length >= enough, DEADLINE)
			await blog.kill()
		}
		over = true
		await traffic
		const { rows, damage, doctor } = await judge(place, ledger)
		for (const { what, acknowledged, missing, doubled } of rows) {
			assert.equal({ missing, doubled }, { missing: 0, doubled: 0 }, what)
			if (!what.startsWith('imported')) assert.ok(acknowledged > 0, what)
		}
		assert.equal({ faults: blog.tally.faults, damage, doctor }, { faults: [], damage: [], doctor: [] })
		ledger.comments.set('Не сказанное', 0)
		const [comments] = await compare(db, ledger)
		assert.is(comments?.missing, 1, 'what is not there is missed')
		await blog.stop()
		await source.close()
		await drop()
	})

	test.run()
}
