import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { databases } from '../support/databases.ts'
import { ENGLISH_POST, mention, outcomesOf, POST, ping, responsesBy, settled, startExchange } from './exchange.ts'

const RESULTS = (target: string) => `<!doctype html><html lang="en-US"><head><meta charset="utf-8">
<title>First Russian eGov 2.0 conference &laquo; eGovernment digest</title></head><body>
<div id="header"><h1>eGovernment digest</h1></div>
<div class="post"><h2>First Russian eGov 2.0 conference</h2>
<p>On November 26 the first Russian eGov 2.0 conference has been held.
You can read about results <a href="${target}">here</a></p>
<p class="meta">Tags: <a href="/tag/e">e-Government</a></p></div></body></html>`

for (const database of databases) {
	const test = suite(`a pingback on ${database.name}`)

	test('of another blog waits, then joins the conversation as the first one of the old blog did', async () => {
		const { blog, source, db, close } = await startExchange(database)
		const page = source.put('/results/', RESULTS(blog.url + POST))
		assert.is(await ping(blog, page, blog.url + POST), 'The pingback is accepted for verification')
		await settled(db)
		const [response] = await responsesBy(db, page)
		assert.is(response!.status, 'held')
		assert.is(response!.kind, 'pingback')
		assert.is(
			response!.html,
			'<p>[…] On November 26 the first Russian eGov 2.0 conference has been held. You can read about results here […]</p>',
		)
		assert.is(response!.name, 'First Russian eGov 2.0 conference')
		assert.is(response!.locale, 'en')
		assert.equal(await outcomesOf(db, page), ['stored'])
		assert.is(await ping(blog, page, blog.url + POST), 48)
		assert.is(await ping(blog, page, blog.url + ENGLISH_POST), 48)
		assert.is(source.asked.length, 1)
		assert.match(source.asked[0]!.headers['user-agent']!, /verifying a pingback/)
		const answer = await mention(blog, page, blog.url + ENGLISH_POST)
		assert.is(answer.status, 202)
		await settled(db)
		assert.is((await responsesBy(db, page)).length, 1)
		await close()
	})

	test.run()
}
