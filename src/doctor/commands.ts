import { statfs } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { mayExist } from '../db/integrity.ts'
import { compareMigrations } from '../db/migrate.ts'
import type { Db } from '../db/schema.ts'
import { askOwn, type OwnAnswer } from '../net/own.ts'
import type { Blog } from '../web/context.ts'
import { CHECKS, examine, lineOf } from './examine.ts'
import { collect, type Found, type Outcome, skipped } from './finding.ts'
import type { Patient } from './patient.ts'
import { countAll } from './queries.ts'

/** What the command is given by the program around it. */
export interface Surgery {
	config: Config
	/** Opens the database as it is. */
	openDb(): Db
	/** Puts the blog together on it, and serves it to this program alone; `close` ends that. */
	open(db: Db): Promise<{ blog: Blog; url: string; close(): Promise<void> }>
	progress: { start(total: number): void; advance(by: number): void; stop(): void }
	now: number
	/** Bytes of the file system that a folder is on, if it isn't to be asked. */
	room?: Patient['room']
}

/** `otklik doctor`: what each check has found. Nothing is changed. */
export async function examineBlog(surgery: Surgery): Promise<Outcome[]> {
	const { config, openDb } = surgery
	const { found, outcome } = collect('schema')
	if (!mayExist(config.databaseUrl)) {
		found.error(
			config.databaseUrl,
			'isn’t there',
			'Set DATABASE_URL or DATA_DIR to where the blog is; or start it first.',
		)
		return [outcome(), ...CHECKS.map(({ name }) => skipped(name))]
	}
	let db: Db | undefined
	try {
		db = openDb()
		await lookAtSchema(db, found)
		if (outcome().state !== 'ok') return [outcome(), ...CHECKS.map(({ name }) => skipped(name))]
		return [outcome(), ...(await examineWith(surgery, db))]
	} catch (error) {
		found.error('the database', `can't be read: ${lineOf(error)}`, 'See that its server runs, or restore a backup.')
		return [outcome(), ...CHECKS.map(({ name }) => skipped(name))]
	} finally {
		await db?.destroy()
	}
}

async function lookAtSchema(db: Db, found: Found): Promise<void> {
	const { pending, unknown } = await compareMigrations(db)
	if (unknown.length > 0) {
		found.error('the database', `is newer than this program (it has ${unknown.join(', ')})`, 'Update Otklik.')
	}
	if (pending.length > 0) {
		found.error('the database', `lacks ${pending.join(', ')}`, 'Back up, then bring it up to date: otklik migrate.')
	}
}

async function examineWith({ config, open, progress, now, room }: Surgery, db: Db): Promise<Outcome[]> {
	const { found, outcome } = collect('program')
	let opened: Awaited<ReturnType<Surgery['open']>>
	try {
		opened = await open(db)
	} catch (error) {
		const advice = 'Correct the file that is named, or choose another theme or other languages.'
		found.error('the blog', `doesn't start: ${lineOf(error)}`, advice)
		return [outcome(), ...CHECKS.map(({ name }) => skipped(name))]
	}
	const { blog, url, close } = opened
	const total = await countAll(db)
	progress.start(total.translations + total.media)
	try {
		const patient: Patient = {
			...{ config, db, now, storage: blog.storage, catalog: blog.catalog },
			room: room ?? roomOf,
			ask: (path) => askOwn(url + path, headersFor(config)),
			askSite: remembering((path) => askOwn(config.siteUrl + path).catch(() => undefined)),
			advance: progress.advance,
		}
		return [outcome(), ...(await examine(patient))]
	} finally {
		progress.stop()
		await close()
	}
}

/** As a proxy in front would have it. */
function headersFor({ siteUrl }: Config): Record<string, string> {
	return { host: new URL(siteUrl).host, dnt: '1' }
}

function remembering(ask: (path: string) => Promise<OwnAnswer | undefined>): Patient['askSite'] {
	const answers = new Map<string, ReturnType<typeof ask>>()
	return (path) => {
		const answer = answers.get(path) ?? ask(path)
		answers.set(path, answer)
		return answer
	}
}

async function roomOf(folder: string): Promise<{ free: number; total: number }> {
	const { bavail, blocks, bsize } = await statfs(folder)
	return { free: bavail * bsize, total: blocks * bsize }
}

/** Whether anything is wrong: then the command ends with 1. */
export function isIll(outcomes: Outcome[]): boolean {
	return outcomes.some(({ errors }) => errors > 0)
}

/** What was found, as programs read it: the shape stays, checks may be added. */
export function formatJson(outcomes: Outcome[]): string {
	return JSON.stringify({ ok: !isIll(outcomes), checks: outcomes }, null, 2)
}

/** What was found, as people read it. */
export function formatText(outcomes: Outcome[]): string {
	const lines = outcomes.flatMap(({ check, state, errors, warnings, findings }) => {
		const more = errors + warnings - findings.length
		return [
			`${check}: ${state}`,
			...findings.map(({ level, subject, message, advice }) => `  ${level}: ${subject} ${message}\n    ${advice}`),
			...(more > 0 ? [`  … and ${more} more`] : []),
		]
	})
	const sum = (key: 'errors' | 'warnings') => outcomes.reduce((all, outcome) => all + outcome[key], 0)
	return [...lines, `${sum('errors')} errors, ${sum('warnings')} warnings`].join('\n')
}
