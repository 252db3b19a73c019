import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { audit } from '../authors/audit-queries.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { notFound } from '../errors.ts'
import { formatMoment } from '../i18n/dates.ts'
import { enqueue } from '../jobs/queries.ts'
import { wake } from '../jobs/wake.ts'
import { writeSetting } from '../settings/queries.ts'
import { adminPage, closeDoors, leadTo } from '../site/admin-page.ts'
import type { BackupRow } from '../views/backups-model.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { noticeOf } from '../web/notice.ts'
import { checkPlan, fieldsOf, formOf } from './form.ts'
import { BACKUP } from './jobs.ts'
import { findRun, listRuns, type Run } from './runs-queries.ts'

const SHOWN = 20
/** Longer than any job may take. */
const LOST = 20 * 60 * 1000
const PATH = '/admin/backup/'
const DONE = { saved: 'admin.done.saved', begun: 'backups.begun' }

/** When the blog is backed up, the last backups, and the ways out. */
export function backupsPage(ctx: Context, author: SignedIn): Promise<void> {
	return show(ctx, author, formOf(ctx.state.settings.backups))
}

/** Stores when and where, or shows what is wrong. */
export async function saveBackups(ctx: Context, author: SignedIn): Promise<void> {
	const { blog, state } = ctx
	const form = await readForm(ctx)
	const { plan, errors } = checkPlan(form, state.settings.backups, state.t)
	if (!plan) return show(ctx, author, form, errors)
	await blog.db.transaction().execute(async (trx) => {
		await audit(trx, { authorId: author.id, action: 'settings-changed', subject: 'backup/', now: blog.clock() })
		await writeSetting(trx, 'backups', '', plan)
	})
	leadTo(ctx, `${PATH}?done=saved`)
}

/** Begins a backup now. */
export async function backUpNow(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock } = ctx.blog
	await db.transaction().execute(async (trx) => {
		await audit(trx, { authorId: author.id, action: 'backed-up', subject: 'backup/', now: clock() })
		await enqueue(trx, BACKUP, null, { key: 'one' })
	})
	wake()
	leadTo(ctx, `${PATH}?done=begun`)
}

/** A backup as a file. */
export async function downloadBackup(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock } = ctx.blog
	const run = await findRun(db, Number(ctx.params.number))
	const file = run && (await fileOf(run))
	if (!run || !file) throw notFound()
	await audit(db, { authorId: author.id, action: 'exported', subject: 'backup/', name: run.name, now: clock() })
	closeDoors(ctx)
	ctx.type = 'application/zip'
	ctx.length = file.bytes
	ctx.attachment(run.name)
	ctx.body = createReadStream(file.path)
}

async function show(
	ctx: Context,
	author: SignedIn,
	form: URLSearchParams,
	errors: Record<string, string> = {},
): Promise<void> {
	const { t } = ctx.state
	const isWrong = Object.keys(errors).length > 0
	const runs = await listRuns(ctx.blog.db, SHOWN)
	const page = {
		heading: t('backups.heading'),
		notice: isWrong ? undefined : noticeOf(ctx, DONE),
		alert: isWrong ? t('admin.mistakes') : undefined,
		intro: t('backups.intro', { command: 'npm run otklik -- restore FILE' }),
		action: PATH,
		fields: fieldsOf(form, errors, t),
		now: `${PATH}now/`,
		exports: '/admin/export/',
		runs: await Promise.all(runs.map((run) => rowOf(ctx, run))),
	}
	adminPage(ctx, author, 'backups', page, isWrong ? 422 : 200)
}

async function rowOf({ blog, state: { t, locale } }: Context, run: Run): Promise<BackupRow> {
	const state = run.state === 'running' && blog.clock() - run.started_at > LOST ? 'cut' : run.state
	const isHere = (await fileOf(run)) !== undefined
	return {
		name: run.name,
		href: isHere ? `${PATH}${run.id}/` : undefined,
		when: formatMoment(run.started_at, locale, blog.config.timezone),
		state,
		// i18n: backups.states.running backups.states.done backups.states.failed backups.states.cut
		status: t(`backups.states.${state}`),
		size: state === 'done' ? sizeIn(locale, run.bytes) : undefined,
		place: run.place,
		error: run.error || undefined,
	}
}

/** Those that were removed since, and those in a bucket, can't be downloaded here. */
async function fileOf({ state, place, name }: Run): Promise<{ path: string; bytes: number } | undefined> {
	if (state !== 'done' || place.startsWith('s3:')) return undefined
	const path = join(place, name)
	const found = await stat(path).catch(() => undefined)
	return found?.isFile() ? { path, bytes: found.size } : undefined
}

function sizeIn(locale: string, bytes: number): string {
	const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
	const number = bytes / (unit === 'kilobyte' ? 1_000 : 1_000_000)
	return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(number)
}
