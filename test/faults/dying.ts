import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { start } from '../backup/support.ts'
import { temporaryFolder } from '../support/folders.ts'

const NODE_OPTIONS = `--import=${pathToFileURL(join(import.meta.dirname, 'dies.ts'))}`

/** Runs a command to its end; gives how many statements it sent to the database. @throws Error when it fails */
export async function countStatements(args: string[], env: Record<string, string>): Promise<number> {
	const counted = join(temporaryFolder('counted'), 'count')
	const { child, said } = start(args, { ...env, NODE_OPTIONS, COUNTED: counted })
	const [code] = await once(child, 'close')
	if (code !== 0) throw new Error(`otklik ${args.join(' ')} ended with ${code}: ${said.stderr}`)
	return Number(readFileSync(counted, 'utf8'))
}

/** Kills a command (`kill -9`) at one of its statements; false when it was done before. @throws Error when it fails */
export async function killAt(statement: number, args: string[], env: Record<string, string>): Promise<boolean> {
	const { child, said } = start(args, { ...env, NODE_OPTIONS, DIES_AT: String(statement) })
	const [code, signal] = await once(child, 'close')
	if (code !== 0 && signal !== 'SIGKILL') throw new Error(`otklik ${args.join(' ')} ended with ${code}: ${said.stderr}`)
	return signal === 'SIGKILL'
}

/** So many statements out of `total`, by chance and spread over all of them. */
export function moments(total: number, count: number): number[] {
	const from = (n: number) => 1 + Math.floor((total * n) / count)
	return Array.from({ length: count }, (_, n) => randomInt(from(n), Math.max(from(n) + 1, from(n + 1))))
}
