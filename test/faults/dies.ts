import { writeFileSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import pg from 'pg'

// Loaded before a program by `--import`: ends it as `kill -9` does, at the statement to the database whose number is in
// DIES_AT; where that is even before it is sent, else when it has been. At its end writes to the file COUNTED how many
// there were.

const at = Number(process.env.DIES_AT ?? 0)
let count = 0

function watch(prototype: object, name: string): void {
	const methods = prototype as Record<string, (...args: unknown[]) => unknown>
	const original = methods[name]!
	methods[name] = function (this: unknown, ...args) {
		count++
		if (count === at && at % 2 === 0) process.kill(process.pid, 'SIGKILL')
		const result = original.apply(this, args)
		// What PostgreSQL is asked is on its way by then, and its answer isn't here.
		if (count === at && prototype === pg.Client.prototype) setImmediate(() => process.kill(process.pid, 'SIGKILL'))
		else if (count === at) process.kill(process.pid, 'SIGKILL')
		return result
	}
}

const statement = new SqliteDatabase(':memory:').prepare('select 1')
for (const name of ['run', 'all', 'get', 'iterate']) watch(Object.getPrototypeOf(statement), name)
watch(SqliteDatabase.prototype, 'exec')
watch(pg.Client.prototype, 'query')

process.on('exit', () => {
	if (process.env.COUNTED) writeFileSync(process.env.COUNTED, String(count))
})
