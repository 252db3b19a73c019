import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { audit } from '../authors/audit-queries.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { notFound } from '../errors.ts'
import { formatMoment } from '../i18n/dates.ts'
import { languageName } from '../i18n/languages.ts'
import { adminPage, closeDoors, leadTo } from '../site/admin-page.ts'
import type { ImportRunPage } from '../views/import-model.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { readMultipart } from '../web/multipart.ts'
import { reportModel } from './runs/page.ts'
import { findRun, findRunning, listRuns, type Run } from './runs/queries.ts'
import { reportOf, SILENCE, startRun, stateOf } from './runs/run.ts'
import type { ImportOptions } from './wxr/import.ts'

const BOUNDS = { body: 4_000_000_000, file: 3_990_000_000, files: 1 }
const SHOWN = 10
const WEEK = 7 * 24 * 60 * 60 * 1000
/** Seconds between two looks at an import without script, and between two events. */
const REFRESH = 3
const EVENT = 500
const LONGEST_STREAM = 10 * 60 * 1000

/** Where imports begin, and what became of the last ones. */
export async function importPage(ctx: Context, author: SignedIn): Promise<void> {
	await showStart(ctx, author)
}

/** Takes the export of another blog and begins to import it. */
export async function startImport(ctx: Context, author: SignedIn): Promise<void> {
	const { blog, state } = ctx
	if (await isBusy(ctx)) return showStart(ctx, author, state.t('importer.busy'), 409)
	const folder = await newFolder(ctx)
	try {
		const { fields, files } = await readMultipart(ctx, folder, BOUNDS)
		const file = files.find(({ field }) => field === 'file')
		const error = !file ? 'importer.noFile' : file.isTooLarge ? 'importer.tooLarge' : await problemOf(file.file)
		if (!file || error) {
			await rm(folder, { recursive: true, force: true })
			return await showStart(ctx, author, state.t(error!), 422)
		}
		const name = file.name.replace(/\p{Cc}/gu, '').slice(0, 200)
		await begin(ctx, author, { name, file: file.file, options: optionsOf(fields, blog.config.languages) })
	} catch (error) {
		await rm(folder, { recursive: true, force: true })
		throw error
	}
}

/** Runs an import again with the same file: for good after a trial, or after it was cut off. */
export async function repeatImport(ctx: Context, author: SignedIn): Promise<void> {
	const run = await runOf(ctx)
	const form = await readForm(ctx)
	if (await isBusy(ctx)) return showStart(ctx, author, ctx.state.t('importer.busy'), 409)
	if (!existsSync(run.file)) return showStart(ctx, author, ctx.state.t('importer.gone'), 409)
	const options: ImportOptions = { ...JSON.parse(run.options), dryRun: form.has('dryRun') }
	await begin(ctx, author, { name: run.name, file: run.file, options })
}

/** How an import goes, or what came of it. */
export async function importRunPage(ctx: Context, author: SignedIn): Promise<void> {
	const run = await runOf(ctx)
	const { t, locale } = ctx.state
	const state = stateOf(run, ctx.blog.clock())
	const report = reportOf(run)
	const page = {
		heading: t(`importer.states.${state}`),
		name: run.name,
		when: formatMoment(run.created_at, locale, ctx.blog.config.timezone),
		refresh: state === 'running' ? REFRESH : undefined,
		progress: state === 'running' ? progressOf(ctx, run) : undefined,
		error: state === 'failed' ? run.error : undefined,
		alert: state === 'cut' ? t('importer.cut') : undefined,
		report: report && reportModel(ctx.state, report),
		again: againOf(ctx, run, state),
		all: { href: '/admin/import/', text: t('importer.heading') },
	}
	adminPage(ctx, author, 'import-run', page)
}

/** How an import goes, as server-sent events; `done` is the last. */
export async function importEvents(ctx: Context): Promise<void> {
	const run = await runOf(ctx)
	closeDoors(ctx)
	ctx.type = 'text/event-stream'
	ctx.set('X-Accel-Buffering', 'no')
	ctx.body = Readable.from(eventsOf(ctx, run.id))
}

async function* eventsOf(ctx: Context, id: number): AsyncGenerator<string> {
	const until = performance.now() + LONGEST_STREAM
	let told = ''
	while (performance.now() < until && !ctx.blog.isStopping()) {
		const run = await findRun(ctx.blog.db, id)
		if (!run || stateOf(run, ctx.blog.clock()) !== 'running') return yield 'event: done\ndata: {}\n\n'
		const { percent, text } = progressOf(ctx, run)
		const event = `data: ${JSON.stringify({ percent, text })}\n\n`
		// A comment keeps proxies from closing a stream that says nothing.
		yield event === told ? ':\n\n' : event
		told = event
		await sleep(EVENT)
	}
}

function progressOf({ state: { t, locale } }: Context, { id, percent }: Run) {
	const shown = new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100)
	return {
		percent: String(percent),
		text: t('importer.progress', { percent: shown }),
		events: `/admin/import/${id}/events/`,
	}
}

/** i18n: importer.states.running importer.states.done importer.states.failed importer.states.cut */
function againOf({ state: { t } }: Context, run: Run, state: string): ImportRunPage['again'] {
	if (state === 'running' || !existsSync(run.file)) return []
	const action = `/admin/import/${run.id}/again/`
	const isTrial = state === 'done' && reportOf(run)?.dryRun
	const [button, hint] = isTrial
		? [t('importer.forGood'), t('importer.forGoodHint')]
		: [t('importer.again'), t('importer.againHint')]
	return [{ action, button, hint }]
}

async function begin(
	ctx: Context,
	author: SignedIn,
	{ name, file, options }: { name: string; file: string; options: ImportOptions },
): Promise<void> {
	const { db, clock } = ctx.blog
	const id = await startRun(ctx.blog, { authorId: author.id, name, file, options })
	if (id === undefined) return showStart(ctx, author, ctx.state.t('importer.busy'), 409)
	await audit(db, { authorId: author.id, action: 'imported', subject: `import/${id}/`, name, now: clock() })
	leadTo(ctx, `/admin/import/${id}/`)
}

async function showStart(ctx: Context, author: SignedIn, error?: string, status = 200): Promise<void> {
	const { blog, state } = ctx
	const { t, locale } = state
	const runs = await listRuns(blog.db, SHOWN)
	const page = {
		heading: t('importer.heading'),
		alert: error,
		action: '/admin/import/',
		choices: blog.config.languages.map((code) => ({
			value: code,
			text: languageName(code),
			lang: code,
			checked: false,
		})),
		error,
		runs: runs.map((run) => ({
			href: `/admin/import/${run.id}/`,
			name: run.name,
			when: formatMoment(run.created_at, locale, blog.config.timezone),
			state: stateOf(run, blog.clock()),
			status: t(`importer.states.${stateOf(run, blog.clock())}`),
		})),
	}
	adminPage(ctx, author, 'import', page, status)
}

function optionsOf(fields: URLSearchParams, languages: string[]): ImportOptions {
	const lang = languages.find((code) => code === fields.get('lang'))
	return { lang, detect: fields.has('detect'), fetch: fields.has('fetch'), dryRun: fields.has('dryRun') }
}

async function isBusy({ blog }: Context): Promise<boolean> {
	return (await findRunning(blog.db, blog.clock() - SILENCE)) !== undefined
}

async function problemOf(file: string): Promise<string | undefined> {
	return (await stat(file)).size === 0 ? 'importer.noFile' : undefined
}

/** A folder of its own for the file; those of long ago are removed by the way. */
async function newFolder({ blog }: Context): Promise<string> {
	const all = join(blog.config.dataDir, 'imports')
	await mkdir(all, { recursive: true })
	for (const name of await readdir(all)) {
		const folder = join(all, name)
		if (Date.now() - (await stat(folder)).mtimeMs > WEEK) await rm(folder, { recursive: true, force: true })
	}
	return mkdtemp(join(all, 'run-'))
}

async function runOf({ blog, params }: Context): Promise<Run> {
	const run = await findRun(blog.db, Number(params.number))
	if (!run) throw notFound()
	return run
}
