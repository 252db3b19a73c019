import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { start } from '../backup/support.ts'
import { comment, item, wxr } from '../transfer/wxr/support.ts'
import { upTo } from './chance.ts'
import type { Ledger } from './ledger.ts'
import type { Place } from './place.ts'

const POSTS = 15
const PAUSE = 4_000
/** A command is killed within these milliseconds, every other time. */
const SPAN = 2_500

/** What became of the commands. */
export interface Commands {
	done: number
	killed: number
	/** Those that ended with another code than 0, and what they said. */
	failed: string[]
}

/** Imports and backups in turns beside the running blog, killed and called again until they are done. */
export async function command(place: Place, ledger: Ledger, isOver: () => boolean): Promise<Commands> {
	const outcome: Commands = { done: 0, killed: 0, failed: [] }
	for (let n = 1; !isOver(); n++) {
		const { file, titles } = writeExport(place.folder, n)
		await insist(['import', 'wxr', file, '--lang', 'ru'], place, outcome)
		for (const title of titles) ledger.imported.set(title, Date.now())
		const backup = join(place.folder, `backup-${n % 2}.zip`)
		const begun = Date.now()
		await insist(['backup', backup], place, outcome)
		ledger.backups.push({ file: backup, begun })
		await pause(upTo(2 * PAUSE))
	}
	return outcome
}

function writeExport(folder: string, n: number): { file: string; titles: string[] } {
	const numbers = Array.from({ length: POSTS }, (_, at) => n * 100 + at)
	const titles = numbers.map((number) => `Привезённая запись ${number}`)
	const items = numbers.map((number, at) =>
		item(number, { title: titles[at]! }, comment(2 * number) + comment(2 * number + 1)),
	)
	const file = join(folder, 'export.xml')
	writeFileSync(file, wxr(items.join('\n')))
	return { file, titles }
}

/** Every other time it is killed on its way. */
async function insist(args: string[], { env }: Place, outcome: Commands): Promise<void> {
	for (;;) {
		const { child, said } = start(args, env)
		const timer = upTo(2) ? setTimeout(() => child.kill('SIGKILL'), upTo(SPAN)) : undefined
		const [code, signal] = await once(child, 'close')
		clearTimeout(timer)
		if (code === 0) {
			outcome.done++
			return
		}
		if (signal) outcome.killed++
		else {
			outcome.failed.push(`otklik ${args[0]}: ${said.stderr.trim().slice(-500)}`)
			await pause(1_000)
		}
	}
}
