import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import type { SignedIn } from '../../../authors/sessions.ts'
import { workingFolder } from '../../../media/store.ts'
import { closeDoors, leadTo } from '../../../site/admin-page.ts'
import type { Context } from '../../../web/context.ts'
import { readMultipart } from '../../../web/multipart.ts'
import { addressOf } from '../../address.ts'
import { placeOf, toKept } from '../../drafts/draft.ts'
import { keepUnsaved } from '../../drafts/queries.ts'
import { load } from '../../load.ts'
import { begin, show } from '../admin.ts'
import { nameOf } from '../form.ts'
import type { Translating } from '../model.ts'
import { type Reason, Refused, readXliff } from './read.ts'
import { type Taken, take } from './take.ts'
import { digestOf, type Exchange, type Unit, unitsOf } from './units.ts'
import { writeXliff } from './write.ts'

const BOUNDS = { body: 9_000_000, file: 8_000_000, files: 1 }

/** The translation as a file for programs of translators. */
export async function exportXliff(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const translating = await begin(ctx, author, loaded)
	if (!translating) return leadTo(ctx, addressOf(loaded.post!.id, loaded.lang))
	const { exchange, units } = exchangeOf(translating)
	const { post, source, target } = exchange
	closeDoors(ctx)
	ctx.set('Content-Type', 'application/xliff+xml; charset=utf-8')
	ctx.set('Content-Disposition', `attachment; filename="post-${post}-${source}-${target}.xlf"`)
	ctx.body = writeXliff(exchange, `${ctx.blog.config.siteUrl}${addressOf(post, source)}`, units)
}

/** Fills the page of the translation in from such a file, to be looked at and saved; or says why the file isn't taken. */
export async function importXliff(ctx: Context, author: SignedIn): Promise<void> {
	const loaded = await load(ctx, author)
	const { fields, bytes } = await receive(ctx)
	const translating = await begin(ctx, author, loaded, undefined, fields.get('from'))
	if (!translating) return leadTo(ctx, addressOf(loaded.post!.id, loaded.lang))
	try {
		if (!bytes) throw new Refused('large')
		const { exchange, units } = exchangeOf(translating)
		const form = formOf(translating, take(readXliff(bytes), exchange, units))
		const place = placeOf(author, loaded, form.get('key')!)
		await keepUnsaved(ctx.blog.db, place, { postId: loaded.post!.id, form: toKept(form), now: ctx.blog.clock() })
		const query = new URLSearchParams({ draft: place.place, from: translating.work.source.locale, done: 'taken' })
		leadTo(ctx, `${addressOf(loaded.post!.id, loaded.lang)}translate/?${query}`)
	} catch (error) {
		if (!(error instanceof Refused)) throw error
		await show(ctx, author, { ...translating, alert: reasonText(ctx, error.reason) }, 422)
	}
}

/**
 * i18n: translating.refused.xml translating.refused.xliff translating.refused.large translating.refused.post
 * translating.refused.languages translating.refused.changed translating.refused.missing
 */
function reasonText({ state: { t } }: Context, reason: Reason): string {
	return t(`translating.refused.${reason}`)
}

/** The first file of a form; no bytes when it is too large, none at all when it isn't there. */
async function receive(ctx: Context): Promise<{ fields: URLSearchParams; bytes?: Uint8Array }> {
	const folder = await workingFolder(ctx.blog)
	try {
		const { fields, files } = await readMultipart(ctx, folder, BOUNDS)
		const [file] = files
		if (!file) return { fields, bytes: new Uint8Array() }
		return { fields, bytes: file.isTooLarge ? undefined : await readFile(file.file) }
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

function exchangeOf({ lang, post, stored, work, pictures }: Translating): { exchange: Exchange; units: Unit[] } {
	const { source, rows } = work
	const exchange = { post: post!.id, source: source.locale, target: lang, digest: digestOf(source) }
	const texts = { title: source.title, excerpt: source.manual_excerpt }
	const translated = { title: stored?.title ?? '', excerpt: stored?.manual_excerpt ?? '' }
	return { exchange, units: unitsOf(texts, translated, rows, pictures) }
}

/** What came as the form of the page; what the file doesn't say stays as it is. */
function formOf({ stored, work }: Translating, taken: Taken): URLSearchParams {
	const form = new URLSearchParams({
		key: randomBytes(16).toString('base64url'),
		revision: String(stored?.revision ?? 0),
		seen: String(work.source.major_revision),
		from: work.source.locale,
		title: taken.title ?? stored?.title ?? '',
		excerpt: taken.excerpt ?? stored?.manual_excerpt ?? '',
	})
	const known = new Map(work.rows.map((row) => [nameOf(row), row]))
	for (const { of, target } of taken.rows) {
		const row = known.get(of)
		form.append('of', of)
		form.append('target', target ?? row?.target ?? '')
		form.append('gap', row?.gap ?? '')
	}
	if (taken.rows.length === 0) form.set('text', stored?.source ?? '')
	for (const [id, alt] of taken.alts) form.set(`alt-${id}`, alt)
	return form
}
