import { createHash } from 'node:crypto'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CACHE } from './options.ts'
import { otklik } from './servers.ts'

const ROOT = resolve(import.meta.dirname, '..')
/** Under each post, up to so many posts. */
const [TALK, MOST_TALKS] = [50, 1_000]
const temporary: string[] = []

process.on('exit', () => {
	for (const folder of temporary) rmSync(folder, { recursive: true, force: true })
})

/** A data folder with so many posts and comments, made once and kept for as long as the schema and the seed are the same. */
export async function seeded(posts: number, comments = TALK * Math.min(posts, MOST_TALKS)): Promise<string> {
	const folder = join(CACHE, `${posts}-${comments}-${version()}`)
	if (existsSync(folder)) return folder
	process.stderr.write(`Seeding ${posts} posts and ${comments} comments, once\n`)
	const making = `${folder}.part`
	rmSync(making, { recursive: true, force: true })
	mkdirSync(making, { recursive: true })
	await otklik(['seed', '--posts', String(posts), '--comments', String(comments)], { DATA_DIR: making })
	renameSync(making, folder)
	return folder
}

/** The same in a copy that a measurement may write to. */
export async function seededCopy(posts: number, comments?: number): Promise<string> {
	const folder = temporaryFolder()
	cpSync(await seeded(posts, comments), folder, { recursive: true })
	return folder
}

/** A folder that is removed at the end. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'otklik-bench-'))
	temporary.push(folder)
	return folder
}

function version(): string {
	const sum = createHash('sha256')
	for (const file of globSync(['migrations/*.ts', 'src/seed/*.ts'], { cwd: ROOT }).sort()) {
		sum.update(readFileSync(join(ROOT, file)))
	}
	return sum.digest('hex').slice(0, 10)
}
